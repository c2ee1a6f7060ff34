import { isExactNumber } from "../json/is-exact-number.ts";
import { compileRecord } from "../schema/compile-record.ts";
import { edtfDays } from "../schema/edtf-days.ts";
import type { Schema } from "../schema/schema.ts";
import { isShortNumber } from "./is-short-number.ts";
import { STRICT_TIME } from "./strict-time.ts";
import { YEAR_AND_NEXT } from "./year-and-next.ts";

export type Scalar = string | number | boolean;

/** A type that the cells of a column may have. */
export interface ColumnType {
  /** Its name in messages. */
  kind: string;
  schema: Schema;
  /** The value of a cell; undefined if it is not of this type. Different cells may have the same value (`ClashCheck`). */
  parse(cell: string): Scalar | undefined;
  /** Decimal separator, for numbers. */
  decimal?: "comma" | "point";
  /** Cells that may also be of another type: at least one other cell must be unambiguous. */
  ambiguous?: Pick<RegExp, "test">;
  /** If all cells fit two exclusive types, the column is ambiguous. */
  isExclusive?: true;
}

export const isNumericColumnType = ({ schema }: ColumnType): boolean => schema.type === "integer" || schema.type === "number";

const significantDigits = (text: string): string =>
  text
    .replace(/[eE].*$/, "")
    .replaceAll(/[-.]/g, "")
    .replace(/^0+/, "");

/** Whether a double keeps all digits of a text: formatted with as many digits, it is equal (up to 17, as C's %.17g). */
function keepsDigits(text: string, value: number): boolean {
  if (isShortNumber(text) || isExactNumber(text)) return true;
  const digits = significantDigits(text);
  return digits.length <= 17 && Number.isFinite(value) && value !== 0 && significantDigits(value.toPrecision(digits.length)) === digits;
}

const NUMBER = /^-?(0|[1-9]\d*)?(\.\d+)?([eE][+-]?\d{1,4})?$/;

function number(text: string): number | undefined {
  if (!NUMBER.test(text) || !/^-?[\d.]*\d/.test(text)) return undefined;
  const full = text.replace(/^(-?)\./, "$10.");
  const value = Number(full);
  if (!Number.isFinite(value) || !keepsDigits(full, value)) return undefined;
  return value === 0 ? 0 : value;
}

function whole(cell: string): number | undefined {
  if (!/^-?(0|[1-9]\d*)$/.test(cell)) return undefined;
  const value = Number(cell);
  return Number.isSafeInteger(value) ? (value === 0 ? 0 : value) : undefined;
}

const withComma = (cell: string): number | undefined => (cell.includes(".") ? undefined : number(cell.replace(",", ".")));

const formatted = (format: string): ((cell: string) => string | undefined) => {
  const validate = compileRecord({ type: "string", format });
  return (cell) => (validate(cell) ? cell : undefined);
};

const DAY = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;
/** Parses days that end with the year. With points as separators, the day always comes first. */
const reordered =
  (dayFirst: boolean) =>
  (cell: string): string | undefined => {
    const [, first = "", separator, second = "", year] = DAY.exec(cell) ?? [];
    if (!year || (separator === "." && !dayFirst)) return undefined;
    const [day, month] = dayFirst ? [first, second] : [second, first];
    const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    return edtfDays(text) ? text : undefined;
  };

const isoDay = (cell: string): string | undefined => (/^\d{4}-\d\d-\d\d$/.test(cell) && edtfDays(cell) ? cell : undefined);
const partialDate = (cell: string): string | undefined => (edtfDays(cell) ? cell : undefined);
const instant = formatted("date-time");
const time = (cell: string): string | undefined => (STRICT_TIME.test(cell) ? instant(cell) : undefined);
const uri = formatted("uri");
const address = (cell: string): string | undefined => (/^http/i.test(cell) ? uri(cell) : undefined);
const TRUE_FALSE = new Map([
  ["true", true],
  ["false", false],
]);
const boolean = (cell: string): boolean | undefined => (cell.length <= 5 ? TRUE_FALSE.get(cell.toLowerCase()) : undefined);

/** Times as lenient as the format in the schema: also `2024-01-02 10:00:00+01`. */
export const LENIENT_TIME: ColumnType = { kind: "time", schema: { type: "string", format: "date-time" }, parse: instant };

/** An integer with an unsigned exponent is often a code: `1E5`. */
const CODE_LIKE = /^-?\d+([eE]\d+)?$/;
const DATE: Schema = { type: "string", format: "date" };

/** From the narrowest to the widest: the first type that fits all cells is chosen. */
export const COLUMN_TYPES: readonly ColumnType[] = [
  { kind: "whole number", schema: { type: "integer" }, parse: whole },
  { kind: "number", schema: { type: "number" }, parse: number, decimal: "point", ambiguous: CODE_LIKE },
  { kind: "number", schema: { type: "number" }, parse: withComma, decimal: "comma", ambiguous: CODE_LIKE },
  { kind: "true or false", schema: { type: "boolean" }, parse: boolean },
  { kind: "day", schema: DATE, parse: isoDay },
  // Four digits may be a code, and 2005-06 the season that begins in 2005.
  {
    kind: "date",
    schema: { type: "string", format: "edtf" },
    parse: partialDate,
    ambiguous: { test: (cell) => /^\d{4}$/.test(cell) || YEAR_AND_NEXT.test(cell) },
  },
  { kind: "day", schema: DATE, parse: reordered(true), isExclusive: true },
  { kind: "day", schema: DATE, parse: reordered(false), isExclusive: true },
  { kind: "time", schema: { type: "string", format: "date-time" }, parse: time },
  { kind: "web address", schema: { type: "string", format: "uri" }, parse: address },
];
