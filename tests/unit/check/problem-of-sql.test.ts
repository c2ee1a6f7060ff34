import { describe, expect, it } from "vitest";
import { problemOfSql } from "../../../lib/check/problem-of-sql.ts";
import { SqlError, SqlLimitError } from "../../../lib/ports/sql-error.ts";

describe("problemOfSql", () => {
  it("has the place, and gives no verdict if a limit was reached", () => {
    expect(problemOfSql(new SqlError("m", { line: 2, column: 3, remedy: "r" }), "a.sql")).toStrictEqual({
      ...{ file: "a.sql", line: 2, column: 3, message: "m", remedy: "r" },
    });
    expect(problemOfSql(new SqlLimitError("m"), "a.sql")).toStrictEqual({
      file: "a.sql",
      line: 0,
      column: 0,
      message: "m",
      couldNotTell: true,
    });
  });
});
