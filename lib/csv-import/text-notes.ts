import { characterName } from "../diagnostics/character-name.ts";
import type { ColumnStatistics } from "./column-statistics.ts";
import { quoteCell } from "./quote-cell.ts";

/** Notes on a text column: its allowed texts, missing values, formula guards and spaces. */
export function textNotes(statistics: ColumnStatistics, choices: readonly string[], dropsGuards: boolean): string[] {
  const notes: string[] = [];
  if (choices.length > 0) notes.push(`${choices.map(quoteCell).join(", ")}; others are refused until the enum in schema.json lists them`);
  for (const occurrences of statistics.missing.values())
    notes.push(`${occurrences.quoted} is kept as text (${occurrences.where}); if it means no value, clear the cell`);
  if (statistics.spaced.count > 0) notes.push(`${statistics.spaced.quoted} keeps the spaces around it (${statistics.spaced.where})`);
  for (const [character, occurrences] of statistics.invisible)
    notes.push(`${occurrences.quoted} holds ${characterName(character)}, which is invisible (${occurrences.where}); delete it in the file`);
  if (statistics.turned.count > 0)
    notes.push(
      `${statistics.turned.quoted} looks like a code that a spreadsheet turned into ${/e\+/i.test(statistics.turned.first?.cell ?? "") ? "a power of ten" : "a day"} (${statistics.turned.where}); check it against the source`,
    );
  if (statistics.formulas.count > 0 && !statistics.guards.isMixed)
    notes.push(
      `${statistics.formulas.quoted} is kept as the text of a formula (${statistics.formulas.where}); to publish its result, save the file with values`,
    );
  if (dropsGuards || statistics.guards.isMixed) notes.push(statistics.guards.note);
  if (statistics.cells + statistics.missing.size === 0 && statistics.empty.count > 0) notes.push("every cell is empty");
  return notes;
}
