import { stringify } from "csv-stringify/sync";
import type { Column, LinkTable, TablePlan } from "../../schema/table-plan.ts";
import { cellText } from "../cell-text.ts";
import type { Labels } from "../labels.ts";
import type { JsonRecord, Value } from "../value.ts";
import { valueAt } from "../value-at.ts";
import { guardFormula } from "./guard-formula.ts";

/**
 * RFC 4180: CRLF, a header row, quotes where needed. A missing value is an empty field, an empty text is "". csv-stringify quotes only its
 * own line ending; the pattern covers a lone CR or LF.
 */
const OPTIONS = { record_delimiter: "\r\n", quoted_match: /^$|[\r\n]/ };

type CellTexts = (string | null)[];

/** Formats an integer as digits: JavaScript uses an exponent for large integers, which Table Schema does not allow. */
const digits = (text: string, value: Value): string =>
  typeof value === "number" && Number.isInteger(value) && text.includes("e") ? BigInt(value).toString() : text;

/** The text of a cell in the CSV of a layout; undefined if it has no value. */
export function csvText(layout: number, column: Column, record: JsonRecord, labels: Labels): string | undefined {
  const text = cellText(column, record, labels);
  if (text === undefined) return undefined;
  if (layout === 1) return column.item || column.type === "string" || column.type === "json" ? guardFormula(1, text) : text;
  const isPlainInteger = column.type === "integer" && !column.item && column.derived === undefined;
  return guardFormula(layout, isPlainInteger ? digits(text, valueAt(record, column.path)) : text);
}

/** The name of a column in the header row. */
export const csvTextHeader = (layout: number, name: string): string => (layout === 1 ? name : guardFormula(layout, name));

export const csvTextHeaderRow = (layout: number, columns: readonly Column[]): string =>
  stringify([columns.map(({ name }) => csvTextHeader(layout, name))], OPTIONS);

/** The rows of records, one per record. */
export function csvTextRows(plan: TablePlan, records: readonly JsonRecord[], labels: Labels): string {
  const { columns, layout } = plan;
  const rows = records.map((record) => {
    const row: CellTexts = new Array(columns.length);
    for (let i = 0; i < columns.length; i += 1) row[i] = csvText(layout, columns[i] as Column, record, labels) ?? null;
    return row;
  });
  return stringify(rows, OPTIONS);
}

interface ListItem {
  record: JsonRecord;
  item: unknown;
}

/** A cell of a link table: a value of the item or of its record. */
function linkCell(layout: number, column: LinkTable["columns"][number], { record, item }: ListItem, labels: Labels): CellTexts[number] {
  if (!column.item) return csvText(layout, column, record, labels) ?? null;
  const isItself = column.item.length === 0;
  const own = { ...column, path: isItself ? ["item"] : column.item, item: undefined as never };
  return csvText(layout, own, (isItself ? { item } : item) as JsonRecord, labels) ?? null;
}

/** The rows of a link table, one per item, and the number of rows. */
export function csvTextLinkRows(
  layout: number,
  link: LinkTable,
  records: readonly JsonRecord[],
  labels: Labels,
): { text: string; rows: number } {
  const rows = records.flatMap((record) => {
    const items = valueAt(record, link.path);
    if (!Array.isArray(items)) return [];
    return items.map((item): CellTexts => link.columns.map((column) => linkCell(layout, column, { record, item }, labels)));
  });
  return { text: rows.length > 0 ? stringify(rows, OPTIONS) : "", rows: rows.length };
}
