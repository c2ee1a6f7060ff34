import type { ColumnStatistics } from "./column-statistics.ts";
import type { DecimalSeparator, FileLocale } from "./file-locale.ts";

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
