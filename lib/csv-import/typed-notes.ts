import type { ColumnStatistics, TypeCount } from "./column-statistics.ts";
import { isNumericColumnType, type Scalar } from "./column-types.ts";
import { valueText } from "./value-text.ts";

/** Notes on how typed values differ from their cells: one for each kind of change. */
export function typedNotes(statistics: ColumnStatistics, { type, rewritten }: TypeCount): string[] {
  const notes = [...rewritten.values()].map((occurrences) => {
    const value = type.parse(occurrences.first?.cell ?? "") as Scalar;
    return `${occurrences.quoted} is read as ${valueText(value)} (${occurrences.where})`;
  });
  if (isNumericColumnType(type))
    for (const occurrences of statistics.sentinels.values())
      notes.push(`${occurrences.quoted} is kept as a number (${occurrences.where}); if it means no value, clear the cell`);
  if (isNumericColumnType(type) && statistics.shortened.count > 0)
    notes.push(
      `${statistics.shortened.quoted} may have lost digits: spreadsheets write long codes like this (${statistics.shortened.where}); check it against the source`,
    );
  return statistics.guards.hasGuards ? [...notes, statistics.guards.note] : notes;
}
