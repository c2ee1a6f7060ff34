import type { JsonRecord } from "../formats/value.ts";
import { quoteCell } from "./quote-cell.ts";

/** The values of some columns of a row, for comparison. */
export const rowText = (record: JsonRecord, names: readonly string[]): string => JSON.stringify(names.map((name) => record[name] ?? null));

export const rowValues = (text: string): unknown[] => JSON.parse(text) as unknown[];

/** Quotes the cells of a row, as messages do. */
export const quoteRow = (text: string): string =>
  quoteCell(
    rowValues(text)
      .map((value) => (value === null ? "" : String(value)))
      .join(", "),
  );
