import { WINDOWS_1252 } from "./decode-windows1252.ts";
import type { Damage } from "./find-damage.ts";

/** The characters of bytes 0x80 to 0xFF in Mac Roman, the encoding of old Macs and of Excel for Mac. */
const MAC_ROMAN =
  "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

export const decodeMacRoman = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : (MAC_ROMAN[byte - 0x80] as string))).join("");

const charactersOf = (from: number, to: number): string => `[${MAC_ROMAN.slice(from - 0x80, to - 0x7f)}]`;
const NEXT = charactersOf(0x80, 0xbf);
/** UTF-8 sequences of which each byte was decoded as one character. */
const SEQUENCES = new RegExp(
  `(?:${charactersOf(0xc2, 0xdf)}${NEXT}|${charactersOf(0xe0, 0xef)}${NEXT}{2}|${charactersOf(0xf0, 0xf4)}${NEXT}{3})+`,
  "gu",
);

/** Rarely intended, even alone: `‚Äô` for `’`, `¬∞` for `°`. */
const TELLING = /^(?:‚[ÄÇ]|¬)/u;
/** Rarely intended next to a letter: `caf√©`. */
const TELLING_IN_A_WORD = /^[√≈ƒ]/u;

function isTelling(text: string, found: string, at: number, suggestion: string): boolean {
  if (/[\ufffd\p{Cc}]/u.test(suggestion)) return false;
  // Lists with dashes: A–Å–Ö.
  if (/^(?:[–—][ÄÅÇÉÑÖÜ])+$/u.test(found)) return false;
  // Formulas: x≈π.
  if (/^≈[π∞Ωµ]$/u.test(found) && !/^\p{L}/u.test(text.slice(at + 2))) return false;
  if (TELLING.test(found) || /^\p{L}{2,}$/u.test(suggestion)) return true;
  const isInWord = /\p{L}$/u.test(text.slice(Math.max(0, at - 2), at)) || /^\p{L}/u.test(text.slice(at + found.length));
  return isInWord && TELLING_IN_A_WORD.test(found);
}

/**
 * Capitals and marks inside a word or at its end: small letters of Mac Roman that were decoded as Windows-1252. Names of the Balkans start
 * with DŽ and a vowel: DŽemal.
 */
const MAC_LETTER = /(?<=\p{L})(?!(?<=D)Ž[aeiou])[ŽŸŠŒ‡‰‹ˆ](?=\p{Ll})|(?<=\p{Ll})[ŽŸ](?!\p{L})/u;

/** A quick test whether a text may contain such damage. */
export const MAY_BE_MAC = new RegExp(`${charactersOf(0xc2, 0xf4)}${NEXT}|\\p{L}[ŽŸŠŒ‡‰‹ˆ]`, "u");

/** The first text that was probably UTF-8 decoded as Mac Roman (`caf√©`), or Mac Roman decoded as Windows-1252 (`cafŽ`). */
export function findMacDamage(text: string): Damage | undefined {
  if (!MAY_BE_MAC.test(text)) return undefined;
  for (const { 0: found, index: at } of text.matchAll(SEQUENCES)) {
    const suggestion = Buffer.from(Array.from(found, (c) => MAC_ROMAN.indexOf(c) + 0x80)).toString("utf8");
    if (isTelling(text, found, at, suggestion)) return { at, found, suggestion, isCertain: false };
  }
  const letter = MAC_LETTER.exec(text);
  if (!letter) return undefined;
  const [found] = letter;
  return { at: letter.index, found, suggestion: MAC_ROMAN[WINDOWS_1252.indexOf(found)] as string, isCertain: false };
}
