import type { Clash } from "./clash-check.ts";
import { quoteCell } from "./quote-cell.ts";

/** `"1.0" (line 3) and "1" (line 7) would become one value, 1` */
export function clashText({ value, first, second }: Clash): string {
  const other = first.cell === undefined ? `the cell in line ${first.line}` : `${quoteCell(first.cell)} (line ${first.line})`;
  return `${other} and ${quoteCell(second.cell)} (line ${second.line}) would become one value, ${quoteCell(value).slice(1, -1)}`;
}
