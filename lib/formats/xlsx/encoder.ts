import type { CreateEncoder } from "../format.ts";
import { sheetCellOf } from "./cells.ts";
import { sheetRow } from "./sheet-xml.ts";

/** Rows of a worksheet. */
export const createEncoder: CreateEncoder =
  ({ name, columns }) =>
  ({ records, labels }) => {
    const rows = records.map((record) => sheetRow(columns.map((column) => sheetCellOf(column, record, labels))));
    return [{ table: name, rows: rows.length, chunks: rows.length > 0 ? [Buffer.from(rows.join(""))] : [] }];
  };
