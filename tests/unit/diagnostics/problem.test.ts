import { describe, expect, it } from "vitest";
import { compareProblems, fileProblem, internalProblem, wordedProblem } from "../../../lib/diagnostics/problem.ts";

describe("problems", () => {
  const at = (file: string, line: number, column: number) => ({ file, line, column, message: "m" });
  it("are ordered by file, line and column", () => {
    const ordered = [at("a", 1, 1), at("a", 1, 2), at("a", 2, 1), at("a", 10, 1), at("b", 0, 0)];
    expect([...ordered].reverse().sort(compareProblems)).toEqual(ordered);
    expect(compareProblems(at("a", 1, 1), at("a", 1, 1))).toBe(0);
  });

  it("of a whole file have no line", () => {
    expect(fileProblem("a", "m")).toStrictEqual({ file: "a", line: 0, column: 0, message: "m" });
    expect(fileProblem("a", "m", "r")).toStrictEqual({ file: "a", line: 0, column: 0, message: "m", remedy: "r" });
    expect(wordedProblem("a", { rule: "x", message: "m" })).toStrictEqual({ file: "a", line: 0, column: 0, rule: "x", message: "m" });
  });

  it("of the code itself give no verdict", () => {
    const remedy = "This is a bug in Factpress. Please report it, with the dataset.";
    expect(internalProblem(new Error("x"))).toEqual({ message: "Internal error: x", remedy, couldNotTell: true });
    expect(internalProblem("y").message).toBe("Internal error: y");
  });
});
