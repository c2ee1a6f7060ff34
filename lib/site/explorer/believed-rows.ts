import type { Row } from "./explorer-model.ts";

/** Of statements about the same thing, returns the preferred ones, or else those that are not deprecated. */
export function believedRows(rows: readonly Row[]): Row[] {
  const preferred = rows.filter(({ isPreferred }) => isPreferred);
  return preferred.length > 0 ? preferred : rows.filter(({ isDeprecated }) => !isDeprecated);
}
