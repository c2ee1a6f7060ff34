import type { Problem } from "./problem.ts";

/** The first problem, if all of them are of checks that did not complete: then whether the data is valid is unknown. */
export const undecidedProblem = (problems: readonly Problem[]): Problem | undefined =>
  problems.every(({ couldNotTell }) => couldNotTell) ? problems[0] : undefined;
