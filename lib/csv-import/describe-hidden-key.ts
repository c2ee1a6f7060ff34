import { characterName } from "../diagnostics/character-name.ts";
import { findHiddenCharacter } from "../diagnostics/find-hidden-character.ts";
import { quoteCell } from "./quote-cell.ts";

/** Why a cell cannot be part of a key: `" 5" (line 26) has a space around it`. */
export function describeHiddenKey({ cell, line }: { cell: string; line: number }): string {
  const character = findHiddenCharacter(cell);
  const defect = character === undefined ? "a space around it" : `${characterName(character)} in it`;
  return `${quoteCell(cell)} (line ${line}) has ${defect}`;
}
