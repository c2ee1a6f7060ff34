import type { Problem } from "../diagnostics/problem.ts";

/** The check of a dataset did not complete, so whether it is valid is unknown. */
export class IncompleteCheckError extends Error {
  override name = "IncompleteCheckError";
  readonly problem: Problem;
  /** For messages that name the dataset. */
  readonly reason: string;
  constructor(problem: Problem) {
    const reason = `${problem.file}: ${problem.message}`;
    super(`The check did not complete: ${reason}`);
    this.problem = problem;
    this.reason = reason;
  }
}
