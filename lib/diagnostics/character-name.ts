import { findForbiddenCharacter } from "./find-forbidden-character.ts";
import { isInvisibleCharacter } from "./find-invisible-character.ts";

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

const forbiddenName = (c: string): string => (c < " " ? "a control character" : "a direction character");

/** `a zero-width space (U+200B)`, or without its article. */
export function characterName(c: string, hasArticle = true): string {
  return hasArticle ? describeCharacter(c) : describeCharacter(c).replace(/^an? /, "");
}

function describeCharacter(c: string): string {
  if (/^[!-~]$/.test(c)) return `a ${c}`;
  const code = `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return `${Object.hasOwn(NAMES, c) ? NAMES[c] : findForbiddenCharacter(c) ? forbiddenName(c) : isInvisibleCharacter(c) ? "an invisible character" : `a ${c}`} (${code})`;
}
