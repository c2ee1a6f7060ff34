import { expect, it } from "vitest";
import { compareProblems, internalProblem, type Problem } from "../../../lib/diagnostics/problem.ts";

it("problems are in the order of their files, lines and columns", () => {
  const at = (file: string, line: number, column: number): Problem => ({ file, line, column, message: "" });
  const sorted = [at("a", 0, 0), at("a", 2, 7), at("a", 10, 1), at("a", 10, 3), at("b", 1, 1)];
  expect(sorted.toReversed().sort(compareProblems)).toEqual(sorted);
  expect([...sorted].sort(compareProblems)).toEqual(sorted);
});

it("an internal error is a problem with its message", () => {
  expect(internalProblem(new TypeError("x is undefined")).message).toBe("Internal error: x is undefined");
  expect(internalProblem("text").message).toBe("Internal error: text");
});
