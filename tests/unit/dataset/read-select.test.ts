import { describe, expect, it } from "vitest";
import { readSelect } from "../../../lib/dataset/read-select.ts";

describe("readSelect", () => {
  const read = (text: string | Uint8Array) =>
    readSelect("checks/a.sql", typeof text === "string" ? Buffer.from(text) : text, "the records");

  it.each([
    ["SELECT 1", ""],
    ["select 1", ""],
    ["WITH a AS (SELECT 1) SELECT * FROM a", ""],
    ["-- why\n/* and\nwhy */ SELECT 1", "-- why\n/* and\nwhy */ "],
    ["\n\t SELECT 1", "\n\t "],
  ])("returns the text and the comments of %j", (sql, comments) => {
    expect(read(sql)).toEqual({ sql, comments });
  });

  it("drops a byte order mark", () => {
    expect(read("\ufeffSELECT 1")).toEqual({ sql: "SELECT 1", comments: "" });
  });

  it.each<[string, string | Uint8Array, object]>([
    ["is not UTF-8", Buffer.from([0xff]), { line: 0, column: 0, message: "The file is not UTF-8", remedy: "Save it as UTF-8." }],
    [
      "has a null character",
      "SELECT 1\n\0",
      {
        ...{ line: 2, column: 1, message: "Null character (U+0000), which ends the statement" },
        remedy: "Delete it, and review the text after it: it would not run.",
      },
    ],
    [
      "is no SELECT",
      "-- a\n\nDELETE FROM t",
      { line: 3, column: 1, message: "Not a SELECT", remedy: "Write one SELECT that returns the records; it may start with WITH." },
    ],
    ["is empty", "", { line: 1, column: 1, message: "Not a SELECT" }],
    ["starts with a longer word", "SELECTED", { line: 1, message: "Not a SELECT" }],
    ["selects after something else", "x SELECT 1", { line: 1, message: "Not a SELECT" }],
  ])("reports a file that %s", (_what, text, problem) => {
    expect(read(text)).toMatchObject({ file: "checks/a.sql", ...problem });
  });
});
