import { FIRST_LAYOUT } from "../../contract/layout.ts";
import { findDamage } from "../../diagnostics/find-damage.ts";
import { findForbiddenCharacter } from "../../diagnostics/find-forbidden-character.ts";

/** Whether a string, from its first byte to the closing quote, contains forbidden characters or signs of damage. */
export function isSurprising(bytes: Buffer, start: number, end: number, layout: number): boolean {
  const text = JSON.parse(bytes.toString("utf8", start - 1, end + 1)) as string;
  return findForbiddenCharacter(text) !== undefined || (layout > FIRST_LAYOUT && findDamage(text) !== undefined);
}
