import { describe, expect, it } from "vitest";
import { formatNameProblems } from "../../../lib/dataset/format-names.ts";
import { sqlWithBrackets } from "../../../lib/dataset/sql-with-brackets.ts";

describe("formatNameProblems", () => {
  const names = { known: ["csv", "json", "parquet"], required: ["csv"] };
  const problems = (formats?: string[]) => formatNameProblems({ release: formats ? { formats } : {} } as never, names);

  it("finds unknown names, with their places, and missing ones", () => {
    expect(problems()).toEqual([]);
    expect(problems(["csv", "parquet"])).toEqual([]);
    expect(problems(["csv", "parqet", "x"]).map(({ path }) => path)).toEqual([
      ["release", "formats", 1],
      ["release", "formats", 2],
    ]);
    expect(JSON.stringify(problems(["csv", "parqet"]))).toContain('\\"parquet\\"');
    expect(problems(["json"]).map(({ path }) => path)).toEqual([["release", "formats"]]);
  });
});

describe("sqlWithBrackets", () => {
  it.each([
    ['SELECT "a b" FROM t', "SELECT [a b] FROM t"],
    ['SELECT "a""b"', 'SELECT [a"b] '],
    ['SELECT "a]b"', "SELECT `a]b`"],
    ["SELECT '\"x\"'", "SELECT '\"x\"'"],
    ["SELECT 'it''s \"x\"' , \"y\"", "SELECT 'it''s \"x\"' , [y]"],
    ['SELECT [a"b], `"`, "c"', 'SELECT [a"b], `"`, [c]'],
    ['-- "x"\nSELECT "y"', '-- "x"\nSELECT [y]'],
    ['/* "x" */ SELECT "y" /* "z"', '/* "x" */ SELECT [y] /* "z"'],
    ['SELECT "open', 'SELECT "open'],
  ])("%j becomes %j", (sql, expected) => {
    expect(sqlWithBrackets(sql)).toBe(expected);
    expect(sqlWithBrackets(sql)).toHaveLength(sql.length);
  });
});
