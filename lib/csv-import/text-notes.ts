import { characterName } from "../diagnostics/character-name.ts";
import { lookAlikeSkeleton } from "../diagnostics/look-alike-skeleton.ts";
import { MONTH_PATTERN } from "./cell-patterns.ts";
import type { ColumnStatistics } from "./column-statistics.ts";
import { quoteCell } from "./quote-cell.ts";

/** Notes on allowed texts that look the same: one is probably misspelt. */
function alikeNotes(choices: readonly string[]): string[] {
  const looks = new Map<string, string>();
  return choices.flatMap((choice) => {
    const look = lookAlikeSkeleton(choice.trim());
    const other = looks.get(look);
    looks.set(look, choice);
    return other === undefined
      ? []
      : [`${quoteCell(other)} and ${quoteCell(choice)} look the same to people: if they mean the same, write them the same way`];
  });
}

/** Notes on cells that a spreadsheet may have damaged. */
function damageNotes({ tooNarrow, cutOff, quotedTexts, cells, missingCells }: ColumnStatistics): string[] {
  const notes: string[] = [];
  if (tooNarrow.count > 0)
    notes.push(
      `${tooNarrow.quoted} is what a spreadsheet shows if a column is too narrow (${tooNarrow.where}): widen the column there, and save the file again`,
    );
  if (cutOff.count > 0)
    notes.push(`a text ends after 32,767 characters, the maximum of an Excel cell (${cutOff.where}): check whether it was cut off`);
  if (quotedTexts.count > 0 && quotedTexts.count === cells + missingCells)
    notes.push(
      `${quotedTexts.quoted} keeps its quotation marks, as do all cells (${quotedTexts.where}): if they are not part of the text, write " instead`,
    );
  return notes;
}

/** Notes on a text column: its allowed texts, missing values, formula guards and spaces. */
export function textNotes(statistics: ColumnStatistics, choices: readonly string[], dropsGuards: boolean): string[] {
  const notes: string[] = [];
  if (choices.length > 0) notes.push(`${choices.map(quoteCell).join(", ")}; others are refused until the enum in schema.json lists them`);
  notes.push(...alikeNotes(choices), ...damageNotes(statistics));
  for (const occurrences of statistics.missing.values())
    notes.push(`${occurrences.quoted} is kept as text (${occurrences.where}); if it means no value, clear the cell`);
  if (statistics.spaced.count > 0) notes.push(`${statistics.spaced.quoted} keeps the spaces around it (${statistics.spaced.where})`);
  for (const [character, occurrences] of statistics.invisible)
    notes.push(
      `${occurrences.quoted} contains ${characterName(character)}, which is invisible (${occurrences.where}); delete it in the file`,
    );
  const areMonths = statistics.patterns.get(MONTH_PATTERN)?.count === statistics.cells;
  if (statistics.turned.count > 0 && !areMonths)
    notes.push(
      `${statistics.turned.quoted} looks like a code that a spreadsheet turned into ${/e\+/i.test(statistics.turned.first?.cell ?? "") ? "a power of ten" : "a day"} (${statistics.turned.where}); check it against the source`,
    );
  if (statistics.formulas.count > 0 && !statistics.guards.isMixed)
    notes.push(
      `${statistics.formulas.quoted} is kept as the text of a formula (${statistics.formulas.where}); to publish its result, save the file with values`,
    );
  if (dropsGuards || statistics.guards.keepsQuotes) notes.push(statistics.guards.note);
  if (statistics.cells + statistics.missing.size === 0 && statistics.empty.count > 0) notes.push("every cell is empty");
  return notes;
}
