/** Characters that look like nothing, or like a plain space, as people call them. */
const NAMES: Record<string, string> = {
  "\u00a0": "a no-break space",
  "\u00ad": "a soft hyphen",
  "\u2007": "a figure space",
  "\u2009": "a thin space",
  "\u200b": "a zero-width space",
  "\u200c": "a zero-width non-joiner",
  "\u200d": "a zero-width joiner",
  "\u202f": "a narrow no-break space",
  "\u2060": "a word joiner",
  "\u3000": "an ideographic space",
  "\ufeff": "a byte order mark",
};

/** Nothing is seen of these, or a space that is no plain one. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164]|\u034f|(?! )\p{Zs}/u;

/** Signs that stand for one of JSON's elsewhere. */
const SIGNS: Record<string, string> = Object.fromEntries([
  ...[..."«»‹›`´′″＂｢｣「」"].map((sign) => [sign, '"']),
  ...[..."，、؛；،"].map((sign) => [sign, ","]),
  ...[..."：＝∶"].map((sign) => [sign, ":"]),
  ...[..."｛｝［］"].map((sign, i) => [sign, "{}[]"[i]]),
]);

export const signMeantBy = (c: string): string | undefined => (Object.hasOwn(SIGNS, c) ? SIGNS[c] : undefined);

export const isInvisible = (c: string): boolean => INVISIBLE.test(c);

/** A character in words: `a zero-width space (U+200B)`. */
export function characterName(c: string): string {
  if (/^[!-~]$/.test(c)) return `a ${c}`;
  const code = `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return `${Object.hasOwn(NAMES, c) ? NAMES[c] : INVISIBLE.test(c) ? "an invisible character" : `a ${c}`} (${code})`;
}

/** The first character of a text that nobody sees. */
export const invisibleIn = (text: string): string | undefined => INVISIBLE.exec(text)?.[0];

/** A letter of another alphabet in a text of Latin ones: it mostly looks like one of them. */
export const foreignIn = (text: string): string | undefined =>
  /\p{Script=Latin}/u.test(text) ? /(?!\p{Script=Latin})\p{L}/u.exec(text)?.[0] : undefined;
