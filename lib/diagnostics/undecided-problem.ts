import type { Problem } from "./problem.ts";

/** The first problem, if all problems are of checks that did not complete, so that it is unknown whether the data is valid. */
export const undecidedProblem = (problems: readonly Problem[]): Problem | undefined =>
  problems.every(({ couldNotTell }) => couldNotTell) ? problems[0] : undefined;
