import { cellOf } from "./cell-of.ts";
import type { ExplorerModel, Row } from "./explorer-model.ts";

/** The date of a row. That of a status is not when it began, but when it was last known to hold. */
export function rowDate(model: ExplorerModel, row: Row): string {
  const date = cellOf(model, row, "date");
  return row.tone === undefined || date === "" ? date : `as of ${date}`;
}
