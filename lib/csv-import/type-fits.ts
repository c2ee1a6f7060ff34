import type { ColumnStatistics, TypeCount } from "./column-statistics.ts";
import type { InferenceOptions } from "./inference-options.ts";
import { isSeparatorAllowed } from "./is-separator-allowed.ts";

export const allCellsFit = (statistics: ColumnStatistics, { fits }: TypeCount): boolean => fits === statistics.cells;

/** Whether the days of a column are ambiguous: day and month, or month and day. */
export const fitsTwoTypes = (statistics: ColumnStatistics): boolean =>
  statistics.counts.filter((count) => count.type.isExclusive && allCellsFit(statistics, count)).length > 1;

/** Whether all cells of a column have a type, unambiguously. */
export function typeFits(statistics: ColumnStatistics, count: TypeCount, { locale, isKnown = false }: InferenceOptions): boolean {
  const { decimal: separator, ambiguous, isExclusive } = count.type;
  if (!allCellsFit(statistics, count) || statistics.guards.isMixed || (isExclusive && fitsTwoTypes(statistics))) return false;
  if (separator && !isSeparatorAllowed(statistics, separator, locale)) return false;
  return isKnown || ambiguous === undefined || count.isUnambiguous;
}
