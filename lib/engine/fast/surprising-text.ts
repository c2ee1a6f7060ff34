import { FIRST_LAYOUT } from "../../contract/layout.ts";
import { findForbiddenCharacter } from "../../diagnostics/character-name.ts";
import { findDamage } from "../../diagnostics/find-damage.ts";

const code = (character: string): number => character.charCodeAt(0);
const BACKSLASH = code("\\");

/** Whether a string in quotes, from its first byte to the closing quote, holds forbidden characters or damage. */
export function isSurprising(bytes: Buffer, start: number, end: number, layout: number): boolean {
  if (!maySurprise(bytes, start, end)) return false;
  const text = JSON.parse(bytes.toString("utf8", start - 1, end + 1)) as string;
  return findForbiddenCharacter(text) !== undefined || (layout > FIRST_LAYOUT && findDamage(text) !== undefined);
}

/** Whether what follows a letter from À to ÿ at an offset may be the rest of a UTF-8 character that was read as Windows-1252. */
function mayGoOn(bytes: Uint8Array, offset: number): boolean {
  const [first = 0, second = 0] = [bytes[offset], bytes[offset + 1]];
  if (first === 0xc5) return [0x92, 0x93, 0xa0, 0xa1, 0xb8, 0xbd, 0xbe].includes(second);
  return first === 0xc2 || first === 0xc6 || first === 0xcb || first === 0xe2;
}

/** Whether 0xE2 and these bytes are a character that turns the direction of text: U+202A to U+202E, U+2066 to U+2069. */
const turnsText = (second: number, third: number): boolean =>
  (second === 0x80 && third >= 0xaa && third <= 0xae) || (second === 0x81 && third >= 0xa6 && third <= 0xa9);

/** Says yes too often: for exactness the text itself is asked. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: a table of byte sequences
function maySurprise(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) {
    const c = bytes[i] as number;
    if (c === BACKSLASH) {
      if (bytes[i + 1] === code("r") && !(bytes[i + 2] === BACKSLASH && bytes[i + 3] === code("n"))) return true;
      i += 1;
    } else if (c < 0x7f) continue;
    else if (c === 0x7f || c === 0xef) return true;
    else if (c === 0xc2 && (bytes[i + 1] as number) < 0xa0) return true;
    else if (c === 0xc3 && i + 2 < end && mayGoOn(bytes, i + 2)) return true;
    else if (c === 0xe2 && turnsText(bytes[i + 1] as number, bytes[i + 2] as number)) return true;
  }
  return false;
}
