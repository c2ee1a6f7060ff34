import { describe, expect, it } from "vitest";
import { COLUMN_TYPES } from "../../../lib/csv-import/column-types.ts";
import { fileLocale } from "../../../lib/csv-import/file-locale.ts";
import { isMissingValue } from "../../../lib/csv-import/is-missing-value.ts";
import { isSentinel } from "../../../lib/csv-import/is-sentinel.ts";
import { knownColumnTypes } from "../../../lib/csv-import/known-column.ts";
import { Occurrences } from "../../../lib/csv-import/occurrences.ts";
import { provenSeparator } from "../../../lib/csv-import/proven-separator.ts";
import { quoteCell } from "../../../lib/csv-import/quote-cell.ts";
import { rewritingKind } from "../../../lib/csv-import/rewriting-kind.ts";
import type { Schema } from "../../../lib/schema/table-plan.ts";

it.each([
  ["12,5", "comma"],
  ["0,125", "comma"],
  ["1.234,56", "comma"],
  ["1.234.567", "comma"],
  ["1234,567", "comma"],
  ["12,5 %", "comma"],
  ["€ 1.234,00", "comma"],
  ["1,5E+03", "comma"],
  ["12.5", "point"],
  ["0.125", "point"],
  ["1,234.56", "point"],
  ["1,234,567", "point"],
  ["(12.5)", "point"],
  ["-.5", "point"],
  ["1.234", undefined],
  ["1,234", undefined],
  ["-999.000", undefined],
  ["1234", undefined],
  ["1.2.3", undefined],
  ["a,b", undefined],
  [`${"1".repeat(40)}.5`, undefined],
])("finds a decimal separator in %s: %s", (cell, separator) => {
  expect(provenSeparator(cell)).toBe(separator);
});

it("ignores the columns if the user named the separator", () => {
  expect(fileLocale(",", [{ name: "a", evidence: { decimal: "comma", cell: "1,5", line: 2 } }], "point")).toEqual({
    decimal: "point",
    delimiter: ",",
  });
  expect(fileLocale(",", [{ name: "a", evidence: undefined }])).toEqual({ decimal: undefined, delimiter: "," });
});

it("recognizes cells that mean no value", () => {
  const values = [
    "NA",
    "N/A",
    "n/a",
    "#N/A",
    "null",
    "NULL",
    "-",
    "--",
    "–",
    "—",
    "..",
    "...",
    "…",
    "?",
    ".",
    ":",
    "None",
    "NaN",
    "k.A.",
    " NA ",
    "\\N",
    "#DIV/0!",
  ];
  expect(values.filter((value) => !isMissingValue(value))).toEqual([]);
  expect(["", "0", "a", "nan-tucket", "--x", "not applicable to this"].filter(isMissingValue)).toEqual([]);
  expect(["-99", "-999", "-9999", "-999.0", "-99.99", "-999999"].filter((cell) => !isSentinel(cell))).toEqual([]);
  expect(["-9", "999", "-998", "-9999999", "-99.5"].filter(isSentinel)).toEqual([]);
});

it("counts cells, and keeps the first", () => {
  const tally = new Occurrences();
  expect([tally.where, tally.quoted]).toEqual(["line 0", '""']);
  tally.add("a", 3);
  expect([tally.where, tally.quoted]).toEqual(["line 3", '"a"']);
  tally.add("b", 4);
  tally.add("c", 5);
  expect([tally.where, tally.quoted]).toEqual(["line 3, and 2 more", '"a"']);
  expect([quoteCell("x".repeat(40)), quoteCell("x".repeat(41))]).toEqual([`"${"x".repeat(40)}"`, `"${"x".repeat(39)}…"`]);
});

describe("types", () => {
  const parse = (kind: string, cell: string, separator?: string) =>
    COLUMN_TYPES.find((type) => type.kind === kind && type.decimal === separator)?.parse(cell);
  it.each([
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", undefined],
    ["-0", 0],
    ["01", undefined],
    ["1.0", undefined],
    ["+1", undefined],
    ["", undefined],
  ])("whole number %s", (cell, value) => {
    expect(parse("whole number", cell)).toBe(value);
  });
  it.each([
    ["1.", undefined],
    [".", undefined],
    ["-", undefined],
    ["e5", undefined],
    [".e5", undefined],
    ["1e308", 1e308],
    ["1e309", undefined],
    ["-1.5E-3", -0.0015],
    ["0.1", 0.1],
    ["0.10000000000000001", 0.1],
    ["0.10000000000000002", 0.10000000000000002],
    ["0.100000000000000005", undefined],
    ["0.00", 0],
    ["12345678901234567", undefined],
    ["1e12345", undefined],
    ["9999999999999999", undefined],
    ["999999999999999", 999999999999999],
    ["0.1234567890123456789", undefined],
  ])("number %s", (cell, value) => {
    expect(parse("number", cell, "point")).toBe(value);
  });
  it.each([
    ["1,5", 1.5],
    ["1.5", undefined],
    ["1,5,5", undefined],
  ])("number with a comma %s", (cell, value) => {
    expect(parse("number", cell, "comma")).toBe(value);
  });
  it("describes how a cell differs from its value", () => {
    expect(
      [
        ["1.5", 1.5],
        ["1.50", 1.5],
        ["1,5", 1.5],
        ["1,50", 1.5],
        [".5", 0.5],
        ["1.5e1", 15],
        ["-0.0", 0],
        ["0.10000000000000001", 0.1],
        ["TRUE", true],
        ["1/2/2020", "2020-02-01"],
      ].map(([cell, value]) => rewritingKind(cell as string, value as number)),
    ).toEqual([
      undefined,
      "zeros at the end",
      "decimal comma",
      "zeros at the end",
      "no zero before the point",
      "power of ten",
      "minus zero",
      "digits",
      "boolean",
      "string",
    ]);
  });
  it("are those that a schema describes", () => {
    const kinds = (schema: Schema) => knownColumnTypes(schema)?.map(({ kind }) => kind);
    expect(kinds({ type: "string" })).toEqual([]);
    expect(kinds({ type: "string", format: "email" })).toEqual([]);
    expect(kinds({ type: "string", format: "date" })).toEqual(["day", "day", "day"]);
    expect(kinds({ type: "number" })).toEqual(["whole number", "number", "number"]);
    expect(kinds({ type: "integer" })).toEqual(["whole number"]);
    expect(kinds({ type: "array" })).toBeUndefined();
    expect(kinds({ type: ["string", "null"] })).toBeUndefined();
  });
});
