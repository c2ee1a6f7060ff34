import type { Column } from "../../schema/table-plan.ts";
import { cellText } from "../cell-text.ts";
import { daysSinceEpoch } from "../days-since-epoch.ts";
import type { Labels } from "../labels.ts";
import type { JsonRecord } from "../value.ts";
import { valueAt } from "../value-at.ts";
import { EMPTY_CELL, sheetBooleanCell, sheetDateCell, sheetNumberCell, sheetTextCell } from "./sheet-xml.ts";

/** The limit of Excel ("Excel specifications and limits"). */
export const MAX_CELL_CHARACTERS = 32_767;
/** Excel keeps 15 significant digits, so numbers with more stay text. */
const MAX_DIGITS = 15;

const CUT = " […]";

/** Truncates a text that is too long for a cell, with an ellipsis. */
export const fittingText = (text: string): string =>
  text.length <= MAX_CELL_CHARACTERS ? text : text.slice(0, MAX_CELL_CHARACTERS - CUT.length).replace(/[\ud800-\udbff]$/, "") + CUT;

const FULL_DATE = /^\d{4}-\d\d-\d\d$/;
/** Excel counts 29 February 1900, which did not exist, so programs disagree on the serial numbers of earlier days. */
const FIRST_SERIAL = 61;
/** Serial number of 1970-01-01. */
const EPOCH_SERIAL = 25_569;

/** The serial number of a full date in the 1900 date system (ECMA-376 Part 1, 18.17.4.1); undefined for other texts. */
export function cellDateSerial(text: string): number | undefined {
  const serial = FULL_DATE.test(text) ? daysSinceEpoch(text) + EPOCH_SERIAL : 0;
  return serial >= FIRST_SERIAL ? serial : undefined;
}

const significantDigits = (text: string): number => text.replace(/e.*$/i, "").replace(/^-?0*\.?0*|\D/g, "").length;

const isDate = ({ format, derived, item }: Column): boolean =>
  !item && (derived === "start" || derived === "end" || (format === "date" && !derived));
const isPlain = ({ item, derived }: Column): boolean => !item && derived === undefined;

/** The cell of a column: a number, a boolean, or a date if the schema says so; texts stay texts. */
export function sheetCellOf(column: Column, record: JsonRecord, labels: Labels): string {
  const text = cellText(column, record, labels);
  if (text === undefined) return EMPTY_CELL;
  if (isDate(column)) {
    const serial = cellDateSerial(text);
    return serial === undefined ? sheetTextCell(text) : sheetDateCell(serial);
  }
  const value = isPlain(column) ? valueAt(record, column.path) : undefined;
  if (typeof value === "boolean") return sheetBooleanCell(value);
  if (typeof value === "number" && significantDigits(text) <= MAX_DIGITS) return sheetNumberCell(text);
  return sheetTextCell(fittingText(text));
}
