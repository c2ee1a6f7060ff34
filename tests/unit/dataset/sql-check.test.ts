import { describe, expect, it } from "vitest";
import { isSqlCheckFile } from "../../../lib/dataset/is-sql-check-file.ts";
import { readSqlChecks } from "../../../lib/dataset/sql-check.ts";

describe("readSqlChecks", () => {
  const tables = ["facts", "sources"];
  const read = (files: Record<string, string>, known = tables) =>
    readSqlChecks(Object.keys(files), new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])), known);
  const good = "-- table: facts\nSELECT 1";

  it("returns the checks with their tables, in the order of their names", () => {
    const b = "-- Why it matters.\n--\ttable:  sources \r\nSELECT 2";
    expect(read({ "checks/b.sql": b, "checks/a.sql": good, "checks/README.md": "", "facts.json": "[]" })).toEqual({
      checks: [
        { file: "checks/a.sql", table: "facts", sql: good },
        { file: "checks/b.sql", table: "sources", sql: b },
      ],
      problems: [],
    });
    expect(read({})).toEqual({ checks: [], problems: [] });
  });

  it("reports a check without a table, or of an unknown table", () => {
    expect(read({ "checks/a.sql": "SELECT 1 -- table: facts" }).problems).toEqual([
      {
        ...{ file: "checks/a.sql", line: 1, column: 1, message: "Missing table: whose records does this check?" },
        remedy: 'Add a line "-- table: facts" before the SELECT.',
      },
    ]);
    expect(read({ "checks/a.sql": "SELECT 1" }, []).problems[0]?.remedy).toBe('Add a line "-- table: NAME" before the SELECT.');
    expect(read({ "checks/a.sql": "-- x\n-- table: fact\nSELECT 1" }).problems).toEqual([
      {
        ...{ file: "checks/a.sql", line: 2, column: 1, message: 'Unknown table "fact"; the tables are: facts, sources' },
        remedy: 'Did you mean "facts"?',
      },
    ]);
    expect(read({ "checks/a.sql": "-- table: zzzzzz\nSELECT 1" }).problems[0]).not.toHaveProperty("remedy");
  });

  it("reports files that would not be run, except hidden files", () => {
    expect(isSqlCheckFile("checks/a.sql")).toBe(true);
    expect(["checks/a.SQL", "checks/a/b.sql", "checks/a.sql.bak", "x/checks/a.sql", "checks/.sql.txt"].some(isSqlCheckFile)).toBe(false);
    const { checks, problems } = read({ "checks/a.txt": "", "checks/old/b.sql": good, "checks/.git/c.sql": "", "checks/.swp": "" });
    expect(checks).toEqual([]);
    expect(problems.map(({ file, message, remedy }) => [file, message, remedy])).toEqual(
      ["checks/a.txt", "checks/old/b.sql"].map((file) => [
        file,
        "Not an SQL check, so it would not be run",
        "Name checks checks/NAME.sql, and move other files out.",
      ]),
    );
  });

  it("runs at most 100 checks", () => {
    const many = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`checks/c${String(i).padStart(3, "0")}.sql`, good]));
    expect(read(many(100)).problems).toEqual([]);
    expect(read(many(100)).checks).toHaveLength(100);
    const { checks, problems } = read(many(101));
    expect(checks).toHaveLength(100);
    expect(problems).toMatchObject([{ file: "checks/c100.sql", message: "Too many checks: 101 (maximum 100)" }]);
  });
});
