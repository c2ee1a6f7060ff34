import type { ColumnStatistics } from "./column-statistics.ts";

export function missingValueNotes(statistics: ColumnStatistics): string[] {
  const asEmpty = statistics.empty.count > 0 ? ", as empty cells are" : "";
  return [...statistics.missing.values()].map(
    (occurrences) => `${occurrences.quoted} is read as no value (${occurrences.where})${asEmpty}`,
  );
}
