import { edtfDays } from "../schema/edtf-days.ts";
import type { ColumnStatistics, TypeCount } from "./column-statistics.ts";
import { isNumericColumnType, type Scalar } from "./column-types.ts";
import { valueText } from "./value-text.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** Notes on the meaning of dates that may not be dates. */
function dateNotes({ months, intervals }: ColumnStatistics): string[] {
  const notes: string[] = [];
  if (months.count > 0) {
    const [year, month] = (months.first?.cell ?? "").split("-");
    notes.push(`${months.quoted} means ${MONTHS[Number(month) - 1]} ${year} (${months.where})`);
  }
  const days = edtfDays(intervals.first?.cell ?? "");
  if (days) notes.push(`${intervals.quoted} means ${days.start} to ${days.end} (${intervals.where})`);
  return notes;
}

/** Notes on how typed values differ from their cells: one for each kind of change. */
export function typedNotes(statistics: ColumnStatistics, { type, rewritten }: TypeCount): string[] {
  const notes = [...rewritten.values()].map((occurrences) => {
    const value = type.parse(occurrences.first?.cell ?? "") as Scalar;
    return `${occurrences.quoted} is read as ${valueText(value)} (${occurrences.where})`;
  });
  if (type.schema.format === "edtf") notes.push(...dateNotes(statistics));
  if (isNumericColumnType(type))
    for (const occurrences of statistics.sentinels.values())
      notes.push(`${occurrences.quoted} is kept as a number (${occurrences.where}); if it means no value, clear the cell`);
  if (type.kind === "day" || type.kind === "date")
    for (const occurrences of statistics.sentinels.values())
      notes.push(`${occurrences.quoted} is kept as a ${type.kind} (${occurrences.where}); if it means no value, clear the cell`);
  if (isNumericColumnType(type) && statistics.shortened.count > 0)
    notes.push(
      `${statistics.shortened.quoted} may have lost digits: spreadsheets write long codes like this (${statistics.shortened.where}); check it against the source`,
    );
  return statistics.guards.hasGuards ? [...notes, statistics.guards.note] : notes;
}
