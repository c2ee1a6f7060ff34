import type { ColumnStatistics } from "./column-statistics.ts";
import type { DecimalSeparator, SeparatorEvidence } from "./file-locale.ts";
import type { LocatedCell } from "./occurrences.ts";

/** The decimal separator that the cells of a column prove, if any. */
export function separatorEvidence(statistics: ColumnStatistics, delimiter: string): SeparatorEvidence | undefined {
  const { comma, point } = statistics.proving;
  const shows = (separator: DecimalSeparator): boolean =>
    statistics.proving[separator].count * 2 > statistics.cells ||
    statistics.counts.some(({ type, fits }) => type.decimal === separator && fits === statistics.cells);
  // In a file with commas as delimiters, "2,2" may be a list, unless every cell has a comma.
  const isList = delimiter === "," && statistics.containing.comma.count < statistics.cells;
  if (comma.count > 0 && point.count === 0 && !isList && shows("comma")) return { decimal: "comma", ...(comma.first as LocatedCell) };
  if (point.count > 0 && comma.count === 0 && shows("point")) return { decimal: "point", ...(point.first as LocatedCell) };
  return undefined;
}
