import type { ColumnStatistics, TypeCount } from "./column-statistics.ts";
import type { DecimalSeparator, FileLocale, SeparatorEvidence } from "./file-locale.ts";
import type { PlacedCell } from "./occurrences.ts";

export interface InferenceOptions {
  /** Name of the column, as on the command line. */
  name: string;
  locale: FileLocale;
  /** Why the column is text regardless of its cells; "" if there is nothing to explain. */
  asText?: string;
  /** Keep the ' that text begins with. */
  keepGuards?: boolean;
  /** The column is named like codes: it stays text if a number would change its cells. */
  isCode?: boolean;
  /** The types come from a schema, so ambiguous cells are accepted. */
  isKnown?: boolean;
}

/** The decimal separator that the cells of a column prove, if any. */
export function separatorEvidence(statistics: ColumnStatistics, delimiter: string): SeparatorEvidence | undefined {
  const { comma, point } = statistics.proving;
  const shows = (separator: DecimalSeparator): boolean =>
    statistics.proving[separator].count * 2 > statistics.cells ||
    statistics.counts.some(({ type, fits }) => type.decimal === separator && fits === statistics.cells);
  // Between commas, "2,2" may be a list: only if every cell has a comma is it a decimal separator.
  const isList = delimiter === "," && statistics.containing.comma.count < statistics.cells;
  if (comma.count > 0 && point.count === 0 && !isList && shows("comma")) return { decimal: "comma", ...(comma.first as PlacedCell) };
  if (point.count > 0 && comma.count === 0 && shows("point")) return { decimal: "point", ...(point.first as PlacedCell) };
  return undefined;
}

export const allFit = (statistics: ColumnStatistics, { fits }: TypeCount): boolean => fits === statistics.cells;

/** Whether the days of a column can be read in two orders. */
export const isAmbiguous = (statistics: ColumnStatistics): boolean =>
  statistics.counts.filter((count) => count.type.isExclusive && allFit(statistics, count)).length > 1;

/** Whether the numbers of a column may have a decimal separator, by the locale of the file or else by the delimiter. */
export function isSeparatorAllowed(
  statistics: ColumnStatistics,
  separator: DecimalSeparator,
  { decimal: known, delimiter }: FileLocale,
): boolean {
  if (statistics.containing[separator].count === 0) return true;
  if (known !== undefined) return known === separator;
  return (separator === "comma") === (delimiter === ";");
}

/** Whether all cells of a column have a type, unambiguously. */
export function isChosen(statistics: ColumnStatistics, count: TypeCount, { locale, isKnown = false }: InferenceOptions): boolean {
  const { decimal: separator, ambiguous, isExclusive } = count.type;
  if (!allFit(statistics, count) || statistics.guards.isMixed || (isExclusive && isAmbiguous(statistics))) return false;
  if (separator && !isSeparatorAllowed(statistics, separator, locale)) return false;
  return isKnown || ambiguous === undefined || count.isUnambiguous;
}
