import { cellNumber } from "./cell-number.ts";
import { comparedTexts } from "./compared-texts.ts";
import type { Distribution, ExplorerColumn, Facet, Row } from "./explorer-model.ts";
import { makeHistogram } from "./make-histogram.ts";

/** All of fewer rows can be seen at a glance. */
const SUMMARISED_ROWS = 12;
/** Values that the head of a column names. */
const NAMED_VALUES = 3;
/** A column of more values is told by their number. */
const FEW_VALUES = 20;

/** The most frequent values of a facet, in its order where they are equally frequent. */
function frequent(facet: Facet): Distribution["values"] {
  return facet.values
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, NAMED_VALUES)
    .map(({ value, label, count }) => ({ value, label, count }));
}

/** How the values of a column are spread over all rows; undefined for few rows. */
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
