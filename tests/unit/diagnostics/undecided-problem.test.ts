import { describe, expect, it } from "vitest";
import { undecidedProblem } from "../../../lib/diagnostics/undecided-problem.ts";

describe("undecidedProblem", () => {
  const at = (file: string, line: number, column: number) => ({ file, line, column, message: "m" });

  it("is undefined unless all problems are of checks that did not complete", () => {
    const undecided = { ...at("a", 1, 1), couldNotTell: true as const };
    expect(undecidedProblem([undecided, { ...undecided, line: 2 }])).toBe(undecided);
    expect(undecidedProblem([undecided, at("a", 1, 1)])).toBeUndefined();
    expect(undecidedProblem([])).toBeUndefined();
  });
});
