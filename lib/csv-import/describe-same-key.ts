import type { SameKey } from "./key-trial.ts";
import { quoteCell } from "./quote-cell.ts";

const quoteKey = (cells: readonly string[]): string => cells.map(quoteCell).join(", ");

/** Which rows have the same key: `"S2" is in lines 3 and 4`. */
export function describeSameKey({ cells, firstLine, line, firstCells, count }: SameKey): string {
  const more = count > 1 ? `, and ${count - 1} more` : "";
  return firstCells
    ? `${quoteKey(firstCells)} (line ${firstLine}) and ${quoteKey(cells)} (line ${line}${more}) look the same to people`
    : `${quoteKey(cells)} is in lines ${firstLine} and ${line}${more}`;
}
