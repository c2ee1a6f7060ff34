import { describe, expect, it } from "vitest";
import { SqlError } from "../../../lib/ports/sql-error.ts";

describe("SqlError", () => {
  it("keeps the place and the remedy of an SQL error", () => {
    expect(new SqlError("m")).toMatchObject({ message: "m", line: 0, column: 0, remedy: undefined });
    expect(new SqlError("m", { line: 2, column: 3, remedy: "r" })).toMatchObject({ line: 2, column: 3, remedy: "r" });
  });
});
