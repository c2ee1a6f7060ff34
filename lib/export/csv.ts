import { stringify } from "csv-stringify/sync";
import type { Column, LinkTable, TablePlan } from "../dataset/table-plan.ts";
import { cellText, guardFormula, isGuarded, type JsonRecord, type Labels, valueAt } from "./cells.ts";

/**
 * RFC 4180: CRLF, a header row, quotes where needed. No value is nothing between two commas, an empty text is "".
 * csv-stringify quotes only the line ending that it writes itself; a lone CR or LF needs the pattern.
 */
const OPTIONS = { record_delimiter: "\r\n", quoted_match: /^$|[\r\n]/ };

type Row = (string | null)[];

const cell = (column: Column, record: JsonRecord, labels: Labels): string | null => {
  const text = cellText(column, record, labels);
  if (text === undefined) return null;
  return isGuarded(column) ? guardFormula(text) : text;
};

export const csvHead = (columns: readonly Column[]): string => stringify([columns.map((column) => column.name)], OPTIONS);

/** The rows of some records, one a record. */
export function csvRows(plan: TablePlan, records: readonly JsonRecord[], labels: Labels): string {
  const { columns } = plan;
  const rows = records.map((record) => {
    const row: Row = new Array(columns.length);
    for (let i = 0; i < columns.length; i += 1) row[i] = cell(columns[i] as Column, record, labels);
    return row;
  });
  return stringify(rows, OPTIONS);
}

/** The rows of a link table, one an item. */
export function csvLinkRows(link: LinkTable, records: readonly JsonRecord[], labels: Labels): string {
  const rows = records.flatMap((record) => {
    const items = valueAt(record, link.path);
    if (!Array.isArray(items)) return [];
    return items.map(
      (item): Row =>
        link.columns.map((column) =>
          cell(
            column.item ? { ...column, path: column.item.length > 0 ? column.item : ["item"], item: undefined as never } : column,
            column.item ? ((column.item.length > 0 ? item : { item }) as JsonRecord) : record,
            labels,
          ),
        ),
    );
  });
  return rows.length > 0 ? stringify(rows, OPTIONS) : "";
}
