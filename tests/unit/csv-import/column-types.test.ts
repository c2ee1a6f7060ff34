import { describe, expect, it } from "vitest";
import { COLUMN_TYPES, isNumericColumnType, LENIENT_TIME, type Scalar } from "../../../lib/csv-import/column-types.ts";
import { isShortNumber } from "../../../lib/csv-import/is-short-number.ts";
import { valueText } from "../../../lib/csv-import/value-text.ts";

describe("COLUMN_TYPES", () => {
  const parsed = (kind: string, cell: string, n = 0): Scalar | undefined =>
    COLUMN_TYPES.filter((type) => type.kind === kind)[n]?.parse(cell);

  it.each<[string, Scalar | undefined]>([
    ["0", 0],
    ["-0", 0],
    ["12", 12],
    ["-12", -12],
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", undefined],
    ["01", undefined],
    ["1.0", undefined],
    ["+1", undefined],
    ["", undefined],
    ["x1", undefined],
    ["1x", undefined],
  ])("read %j as the whole number %s", (cell, value) => {
    expect(parsed("whole number", cell)).toBe(value);
  });

  it.each<[string, Scalar | undefined]>([
    ["1.50", 1.5],
    [".5", 0.5],
    ["-.5", -0.5],
    ["-0.0", 0],
    ["1e3", 1000],
    ["1.5E-3", 0.0015],
    ["1e400", undefined],
    ["1e-400", undefined],
    ["0.30000000000000004", 0.30000000000000004],
    ["0.300000000000000041", undefined],
    ["3.141592653589793", Math.PI],
    ["3.14159265358979312", undefined],
    ["-", undefined],
    ["", undefined],
    [".", undefined],
    ["e5", undefined],
    ["1.", undefined],
    ["01.5", undefined],
    ["1e12345", undefined],
    ["x1.5", undefined],
    ["1.5x", undefined],
    ["1,5", undefined],
  ])("read %j as the number %s", (cell, value) => {
    expect(parsed("number", cell)).toBe(value);
  });

  it.each<[string, Scalar | undefined]>([
    ["1,5", 1.5],
    ["12", 12],
    ["1.5", undefined],
    ["1,5,5", undefined],
  ])("read %j with a comma as the number %s", (cell, value) => {
    expect(parsed("number", cell, 1)).toBe(value);
  });

  it.each<[string, number, string, Scalar | undefined]>([
    ["true or false", 0, "TRUE", true],
    ["true or false", 0, "false", false],
    ["true or false", 0, "yes", undefined],
    ["true or false", 0, "falsex", undefined],
    ["day", 0, "2020-02-29", "2020-02-29"],
    ["day", 0, "2021-02-29", undefined],
    ["day", 0, "2020-02", undefined],
    ["day", 0, "2020-02-29/2020-03-01", undefined],
    ["date", 0, "2020-02", "2020-02"],
    ["date", 0, "2020/2021", "2020/2021"],
    ["date", 0, "2020-13", undefined],
    ["day", 1, "3.4.2020", "2020-04-03"],
    ["day", 1, "15/9/2020", "2020-09-15"],
    ["day", 1, "9/15/2020", undefined],
    ["day", 1, "1.2-2020", undefined],
    ["day", 1, "x1.2.2020", undefined],
    ["day", 1, "1.2.2020x", undefined],
    ["day", 2, "9/15/2020", "2020-09-15"],
    ["day", 2, "9.4.2020", undefined],
    ["day", 2, "9-4-2020", "2020-09-04"],
    ["time", 0, "2020-09-15T12:00:00Z", "2020-09-15T12:00:00Z"],
    ["time", 0, "2020-09-15 12:00:00Z", undefined],
    ["time", 0, "2020-13-15T12:00:00Z", undefined],
    ["web address", 0, "https://example.org/a", "https://example.org/a"],
    ["web address", 0, "HTTP://example.org", "HTTP://example.org"],
    ["web address", 0, "ftp://example.org", undefined],
    ["web address", 0, "https://exa mple.org", undefined],
    ["web address", 0, "x https://example.org", undefined],
  ])("read as %s (%d) %j as %s", (kind, n, cell, value) => {
    expect(parsed(kind, cell, n)).toBe(value);
  });

  it("have ambiguous cells if they may be codes", () => {
    const isAmbiguous = (kind: string, cell: string): boolean | undefined =>
      COLUMN_TYPES.find((type) => type.kind === kind)?.ambiguous?.test(cell);
    expect(["12", "-1E5", "1e10"].map((cell) => isAmbiguous("number", cell))).toEqual([true, true, true]);
    expect(["1.5", "1E-5", "x1", "1x"].map((cell) => isAmbiguous("number", cell))).toEqual([false, false, false, false]);
    expect(["2020", "2005-06"].map((cell) => isAmbiguous("date", cell))).toEqual([true, true]);
    expect(["2020-01", "2020-01-02", "20201", "x2020"].map((cell) => isAmbiguous("date", cell))).toEqual([false, false, false, false]);
    expect(isAmbiguous("whole number", "1")).toBeUndefined();
  });

  it("are numeric if their schema is numeric", () => {
    expect(COLUMN_TYPES.filter(isNumericColumnType).map(({ kind }) => kind)).toEqual(["whole number", "number", "number"]);
    expect(LENIENT_TIME.parse("2024-01-02 10:00:00+01")).toBe("2024-01-02 10:00:00+01");
    expect(LENIENT_TIME.parse("soon")).toBeUndefined();
  });

  it("keep the text of a value", () => {
    expect([valueText(1.5), valueText(true), valueText("a")]).toEqual(["1.5", "true", "a"]);
    expect(["123456789012345", "-1.5"].every(isShortNumber)).toBe(true);
    expect(["1234567890123456", "1e5", "1E5"].some(isShortNumber)).toBe(false);
  });
});

describe("values at the limits of a type", () => {
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
});
