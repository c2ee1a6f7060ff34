import { isInvisibleCharacter } from "./find-invisible-character.ts";

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

/** Punctuation that looks alike. */
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

/** Ligatures (in text copied from a PDF), digraphs, Roman numerals, dots, and the letters of mathematics. */
const SEVERAL_IN_ONE = /[\u{1d400}-\u{1d7ff}\u0132\u0133\u01c4-\u01cc\u01f1-\u01f3\u2025\u2026\u2160-\u217f\ufb00-\ufb06\ufb13-\ufb17]/u;

const isSpace = (c: string): boolean => /\s|\p{Zs}/u.test(c);
/** Full-width forms have the order of ASCII. */
const narrow = (c: string): string => (c >= "！" && c <= "～" ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : c);
const prototypeOf = (c: string): string => {
  if (isSpace(c)) return " ";
  if (isInvisibleCharacter(c) || /\p{Variation_Selector}/u.test(c)) return "";
  if (SEVERAL_IN_ONE.test(c)) return [...c.normalize("NFKC")].map(prototypeOf).join("");
  const one = narrow(c);
  return LATIN[one] ?? PUNCTUATION[one] ?? one;
};

const PLAIN = /^[!-_a-z{-~]*$/;

/** The skeleton of a text (UTS 39): texts that look the same have the same skeleton. */
export function lookAlikeSkeleton(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return [...text.normalize("NFC")]
    .map(prototypeOf)
    .join("")
    .replaceAll(/ +/g, " ")
    .trim()
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("ς", "σ");
}
