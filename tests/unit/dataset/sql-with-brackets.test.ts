import { describe, expect, it } from "vitest";
import { sqlWithBrackets } from "../../../lib/dataset/sql-with-brackets.ts";

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
