import { cellNumber } from "./cell-number.ts";
import { comparedTexts } from "./compared-texts.ts";
import type { Distribution, ExplorerColumn, Facet, Row } from "./explorer-model.ts";
import { makeHistogram } from "./make-histogram.ts";

/** Minimum rows for a summary. */
export const SUMMARISED_ROWS = 12;
/** Maximum values named in the header of a column. */
const NAMED_VALUES = 3;
/** Maximum distinct values that are listed; with more, only their number is shown. */
const FEW_VALUES = 20;

/** The most frequent values of a facet; ties are in its order. */
function frequent(facet: Facet): Distribution["values"] {
  return facet.values
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, NAMED_VALUES)
    .map(({ value, label, count }) => ({ value, label, count }));
}

/** The distribution of the values of a column over all rows; undefined for few rows. */
export function columnDistribution(
  columns: readonly ExplorerColumn[],
  index: number,
  rows: readonly Row[],
  facets: readonly Facet[],
): Distribution | undefined {
  if (rows.length < SUMMARISED_ROWS) return undefined;
  const { name, kind } = columns[index] as ExplorerColumn;
  const filled = rows.flatMap((row) => comparedTexts(columns, index, row).slice(0, 1));
  const missing = rows.length - filled.length;
  if (filled.length === 0) return { missing, distinct: 0 };
  if (kind === "date" || kind === "number") {
    const numbers = filled.map((text) => cellNumber(text, kind));
    const histogram = numbers.includes(undefined) ? undefined : makeHistogram(filled, numbers as number[], kind);
    if (histogram) return { missing, histogram };
  }
  const facet = facets.find((each) => each.column === name && each.kind !== "range");
  const distinct = new Set(filled).size;
  const values = facet && distinct <= FEW_VALUES ? frequent(facet) : undefined;
  return { missing, distinct, ...(facet && values ? { facet: facet.name, values } : {}) };
}
