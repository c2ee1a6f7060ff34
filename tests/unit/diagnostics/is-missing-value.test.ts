import { describe, expect, it } from "vitest";
import { isSentinel } from "../../../lib/csv-import/is-sentinel.ts";
import { isMissingValue } from "../../../lib/diagnostics/is-missing-value.ts";

describe("isMissingValue", () => {
  it("recognizes notations for no value", () => {
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
      "#NV",
      "#¡VALOR!",
      " ",
      "\u00a0",
    ];
    expect(values.filter((value) => !isMissingValue(value))).toEqual([]);
    expect(["", "0", "a", "nan-tucket", "--x", "not applicable to this"].filter(isMissingValue)).toEqual([]);
    expect(["-99", "-999", "-9999", "-999.0", "-99.99", "-999999"].filter((cell) => !isSentinel(cell))).toEqual([]);
    expect(["-9", "999", "-998", "-9999999", "-99.5"].filter(isSentinel)).toEqual([]);
  });
});
