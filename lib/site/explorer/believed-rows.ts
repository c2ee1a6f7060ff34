import type { Row } from "./explorer-model.ts";

/** Of the statements about one thing those to believe: the preferred ones, or else those that are not deprecated. */
export function believedRows(rows: readonly Row[]): Row[] {
  const preferred = rows.filter(({ isPreferred }) => isPreferred);
  return preferred.length > 0 ? preferred : rows.filter(({ isDeprecated }) => !isDeprecated);
}
