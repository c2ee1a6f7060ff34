import { cellOf } from "./cell-of.ts";
import type { ExplorerModel, Row } from "./explorer-model.ts";

/** The date of a row. For a status, this is the date of its evidence, not of its start. */
export function rowDate(model: ExplorerModel, row: Row): string {
  const date = cellOf(model, row, "date");
  return row.tone === undefined || date === "" ? date : `as of ${date}`;
}
