import type { ColumnStatistics, TypeCount } from "./column-statistics.ts";
import type { DecimalSeparator, FileLocale, SeparatorEvidence } from "./file-locale.ts";
import type { PlacedCell } from "./occurrences.ts";

export interface InferenceOptions {
  /** Name of the column, as it is said on the command line. */
  name: string;
  locale: FileLocale;
  /** The column is text, whatever its cells look like, for this reason; "" where none has to be told. */
  asText?: string;
  /** Text that begins with ' is taken over as it stands. */
  keepGuards?: boolean;
  /** The column is called as codes are: where a number would change its cells, it stays text. */
  isCode?: boolean;
  /** The types that the column was looked at for are known to be right: no cell has to make them clear. */
  isKnown?: boolean;
}

/** The decimal sign that the numbers of a column show, if they show one. */
export function separatorEvidence(statistics: ColumnStatistics, delimiter: string): SeparatorEvidence | undefined {
  const { comma, point } = statistics.proving;
  const shows = (separator: DecimalSeparator): boolean =>
    statistics.proving[separator].count * 2 > statistics.cells ||
    statistics.counts.some(({ type, fits }) => type.decimal === separator && fits === statistics.cells);
  // Between commas, "2,2" may be a list: only where every cell has a comma it is a decimal sign.
  const isList = delimiter === "," && statistics.containing.comma.count < statistics.cells;
  if (comma.count > 0 && point.count === 0 && !isList && shows("comma")) return { decimal: "comma", ...(comma.first as PlacedCell) };
  if (point.count > 0 && comma.count === 0 && shows("point")) return { decimal: "point", ...(point.first as PlacedCell) };
  return undefined;
}

export const allFit = (statistics: ColumnStatistics, { fits }: TypeCount): boolean => fits === statistics.cells;

/** Days that can be read in two orders: which one is meant is not known. */
export const isAmbiguous = (statistics: ColumnStatistics): boolean =>
  statistics.counts.filter((count) => count.type.isExclusive && allFit(statistics, count)).length > 1;

/** Whether the numbers of a column may be read with a decimal sign: by the locale of its file, or by what goes with the delimiter. */
export function isSeparatorAllowed(
  statistics: ColumnStatistics,
  separator: DecimalSeparator,
  { decimal: known, delimiter }: FileLocale,
): boolean {
  if (statistics.containing[separator].count === 0) return true;
  if (known !== undefined) return known === separator;
  return (separator === "comma") === (delimiter === ";");
}

/** Whether all cells of a column are of a type, and mean nothing else. */
export function isChosen(statistics: ColumnStatistics, count: TypeCount, { locale, isKnown = false }: InferenceOptions): boolean {
  const { decimal: separator, ambiguous, isExclusive } = count.type;
  if (!allFit(statistics, count) || statistics.guards.isMixed || (isExclusive && isAmbiguous(statistics))) return false;
  if (separator && !isSeparatorAllowed(statistics, separator, locale)) return false;
  return isKnown || ambiguous === undefined || count.isUnambiguous;
}
