import { WINDOWS_1252 } from "./decode-windows1252.ts";
import { findMacDamage, MAY_BE_MAC } from "./find-mac-damage.ts";
import { findOtherMojibake, MAY_BE_OTHER } from "./find-other-mojibake.ts";

/** Text that was decoded or stored wrongly. */
export interface Damage {
  /** Offset in UTF-16 code units. */
  at: number;
  /** The damaged text. */
  found: string;
  /** The probable original; undefined if unknown. */
  suggestion?: string;
  /** Certainly wrong; otherwise it only looks wrong. */
  isCertain: boolean;
}

const BYTES = new Map([...WINDOWS_1252].flatMap((c, i) => (c === " " ? [] : [[c, 0x80 + i] as const])));

const byteOf = (c: string): number => BYTES.get(c) ?? (c.codePointAt(0) as number);

/** The characters that UTF-8 continuation bytes (0x80 to 0xBF) are decoded as. */
const NEXT = `[\\u0080-\\u00bf${[...BYTES.keys()].join("")}]`;
/** UTF-8 sequences of which each byte was decoded as one character. */
const SEQUENCES = new RegExp(`(?:[\\u00c2-\\u00df]${NEXT}|[\\u00e0-\\u00ef]${NEXT}{2}|[\\u00f0-\\u00f4]${NEXT}{3})+`, "gu");

/** Undoes decoding UTF-8 as Windows-1252; undefined if the result is not UTF-8. */
function decodedAgain(run: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(run, byteOf));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Rarely intended: Â or Ã before a symbol, â before €, ‚ or „. Other sequences must decode to two characters. */
const TELLING = /^(?:[ÂÃ]|â[€‚„\u0080\u0082\u0084])/u;
/** Rarely intended inside a word, such as `PaweÅ‚` and `kÄ…t`: letters of Central Europe. */
const TELLING_IN_A_WORD = /\p{L}(?:[ÄÅ][‚„†‡ˆ‰€™¡-ª¬-±´-¶¸-º¼-¿](?!\p{Lu})|[ÄÅ][…‘’“”‹›](?=\p{Ll}))/gu;

/** The first text that was probably UTF-8 decoded as Windows-1252 or Latin-1, such as `Ã©` for `é`. */
function findMojibake(text: string): Damage | undefined {
  for (const { 0: found, index } of text.matchAll(SEQUENCES)) {
    const suggestion = decodedAgain(found);
    // The replacement character itself: the original is lost.
    if (suggestion?.includes("\ufffd")) return { at: index, found, isCertain: false };
    if (suggestion !== undefined && (TELLING.test(found) || [...suggestion].length > 1))
      return { at: index, found, suggestion, isCertain: false };
  }
  for (const { 0: context, index } of text.matchAll(TELLING_IN_A_WORD)) {
    const found = context.slice(-2);
    const suggestion = decodedAgain(found);
    if (suggestion !== undefined) return { at: index + context.length - 2, found, suggestion, isCertain: false };
  }
  return undefined;
}

/** Certain damage: C1 controls, DEL, the replacement character, a carriage return without line feed. */
const IMPOSSIBLE = /[\u007f-\u009f\ufffd]|\r(?!\n)/u;

const intendedCharacter = (c: string): string | undefined => {
  if (c === "\r") return "\n";
  const suggestion = WINDOWS_1252[c.charCodeAt(0) - 0x80];
  return suggestion === " " ? undefined : suggestion;
};

/** A byte order mark in a text is left over from the start of a file. */
function findMark(text: string): Damage | undefined {
  const at = text.indexOf("\ufeff");
  return at < 0 ? undefined : { at, found: "\ufeff", suggestion: "", isCertain: false };
}

/** The first damage in a text, certain damage first. */
export function findDamage(text: string): Damage | undefined {
  if (/^[\n -~]*$/.test(text)) return undefined;
  const impossible = IMPOSSIBLE.exec(text);
  const mojibake = findMojibake(text);
  if (!impossible) return mojibake ?? findMark(text) ?? findMacDamage(text) ?? findOtherMojibake(text);
  // A C1 control inside mojibake belongs to it.
  if (mojibake && mojibake.at <= impossible.index && impossible.index < mojibake.at + mojibake.found.length)
    return { ...mojibake, isCertain: true };
  const [found] = impossible;
  const suggestion = intendedCharacter(found);
  return { at: impossible.index, found, ...(suggestion === undefined ? {} : { suggestion }), isCertain: true };
}

/** A quick test whether JSON may contain damaged text, also as escapes. */
export const mayBeDamaged = (json: string): boolean => QUICK.test(json) || MAY_BE_MAC.test(json) || MAY_BE_OTHER.test(json);
const QUICK = new RegExp(`[\\u007f-\\u009f\\ufffd\\ufeff]|\\\\r(?!\\\\n)|\\\\u(?:00[7-9a-f]|fffd|feff|000d)|[\\u00c2-\\u00f4]${NEXT}`, "i");
