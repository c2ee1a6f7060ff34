import { dayNumberOfText } from "./day-number.ts";
import type { ExplorerColumn } from "./explorer-model.ts";

/** The number of a cell, for sorting, counting and ranges: that of its first day, or its value; undefined for other text. */
export function cellNumber(text: string, kind: ExplorerColumn["kind"] | undefined): number | undefined {
  const day = dayNumberOfText(text);
  // A year alone may be any number.
  if (day !== undefined && (kind === "date" || !/^\d+$/.test(text))) return day;
  return kind !== "date" && /^[-−]?\d/.test(text) ? Number.parseFloat(text.replace("−", "-").replaceAll(",", "")) : undefined;
}
