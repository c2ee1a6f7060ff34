/** Names of invisible characters and of spaces. */
const NAMES: Record<string, string> = {
  " ": "a space",
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

/** Invisible characters, and spaces other than the plain one. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164]|\u034f|(?! )\p{Zs}/u;

/** Characters that people write for a symbol of JSON. */
const JSON_SYMBOLS: Record<string, string> = Object.fromEntries([
  ...[..."«»‹›`´′″＂｢｣「」"].map((symbol) => [symbol, '"']),
  ...[..."，、؛；،"].map((symbol) => [symbol, ","]),
  ...[..."：＝∶"].map((symbol) => [symbol, ":"]),
  ...[..."｛｝［］"].map((symbol, i) => [symbol, "{}[]"[i]]),
]);

export const jsonSymbolForCharacter = (c: string): string | undefined => (Object.hasOwn(JSON_SYMBOLS, c) ? JSON_SYMBOLS[c] : undefined);

export const isInvisibleCharacter = (c: string): boolean => INVISIBLE.test(c);

/**
 * Control characters except tab and line break, and direction characters, which make text look like something else.
 */
const FORBIDDEN = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
export const findForbiddenCharacter = (text: string): string | undefined => FORBIDDEN.exec(text)?.[0];
/** A quick test whether JSON may contain such a character, also as an escape. */
export const mayHaveForbiddenCharacter = (json: string): boolean => /[\u202a-\u202e\u2066-\u2069]|\\(?:[bf]|u00[01]|u20[26])/i.test(json);

const forbiddenName = (c: string): string => (c < " " ? "a control character" : "a direction character");

/** `a zero-width space (U+200B)`, or without its article. */
export function characterName(c: string, hasArticle = true): string {
  return hasArticle ? describeCharacter(c) : describeCharacter(c).replace(/^an? /, "");
}

function describeCharacter(c: string): string {
  if (/^[!-~]$/.test(c)) return `a ${c}`;
  const code = `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return `${Object.hasOwn(NAMES, c) ? NAMES[c] : FORBIDDEN.test(c) ? forbiddenName(c) : INVISIBLE.test(c) ? "an invisible character" : `a ${c}`} (${code})`;
}

/** The first invisible character of a text. */
export const findInvisibleCharacter = (text: string): string | undefined => INVISIBLE.exec(text)?.[0];

/** A letter of another alphabet in a Latin text, which mostly looks like a Latin one. */
export const findNonLatinCharacter = (text: string): string | undefined =>
  /\p{Script=Latin}/u.test(text) ? /(?!\p{Script=Latin})\p{L}/u.exec(text)?.[0] : undefined;
