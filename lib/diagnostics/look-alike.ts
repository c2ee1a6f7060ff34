import { isInvisible } from "./characters.ts";

/** Letters of other alphabets that look like Latin ones in most fonts (Unicode Technical Standard 39, the common ones). */
const LATIN: Record<string, string> = Object.fromEntries(
  [
    // Cyrillic
    ["аеорсухіјѕԁԛԝһӏүАВЕКМНОРСТУХІЈЅԌԚԜӀҮ", "aeopcyxijsdqwhlyABEKMHOPCTYXIJSGQWIY"],
    // Greek
    ["ονριϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "ovpicjABEZHIKMNOPTYXCJ"],
    // Armenian, Latin letters of other shapes, digits of other scripts that are circles and strokes
    ["օսհոցզՕՍıɑɡɩʏ०๐٥", "ouhngqOUiagiyooo"],
  ].flatMap(([from = "", to = ""]) => [...from].map((c, i) => [c, [...to][i] ?? c])),
);

/** Signs that look like one another. */
const PUNCTUATION: Record<string, string> = Object.fromEntries(
  [
    ["‐‑‒–—―−﹣", "-"],
    ["‘’‚‛′ʹʼ`´", "'"],
    ["“”„‟″", '"'],
    ["⁄∕", "/"],
    ["·•∙⋅", "·"],
    ["ːˑ∶", ":"],
  ].flatMap(([from = "", to = ""]) => [...from].map((c) => [c, to])),
);

const isSpace = (c: string): boolean => /\s|\p{Zs}/u.test(c);
/** Full-width forms stand beside ASCII, in its order. */
const narrow = (c: string): string => (c >= "！" && c <= "～" ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : c);
const prototypeOf = (c: string): string => {
  if (isSpace(c)) return " ";
  if (isInvisible(c) || /\p{Variation_Selector}/u.test(c)) return "";
  const one = narrow(c);
  return LATIN[one] ?? PUNCTUATION[one] ?? one;
};

const PLAIN = /^[!-_a-z{-~]*$/;

/** A text as people see it: two texts that they cannot tell apart have the same one. */
export function skeleton(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return [...text.normalize("NFC")].map(prototypeOf).join("").replaceAll(/ +/g, " ").trim().normalize("NFC").toLowerCase();
}

/** The first characters in which two texts differ; nothing where one of them ends. */
export function firstDifference(a: string, b: string): { here: string | undefined; there: string | undefined } {
  const [here, there] = [[...a], [...b]];
  const at = here.findIndex((c, i) => c !== there[i]);
  return at < 0 ? { here: undefined, there: there[here.length] } : { here: here[at], there: there[at] };
}
