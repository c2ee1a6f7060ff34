import { internalProblem, type Problem, wordedProblem } from "../diagnostics/problem.ts";
import type { Build } from "./commit-builds.ts";

/** A commit that makes no release, whatever was released before it. */
export interface Refusal {
  kind: "refused" | "draft";
  why: string;
  problems: Problem[];
  /** The verdict depends on the clock. */
  dependsOnClock?: true;
}

export const isRefusal = (built: Build | Refusal): built is Refusal => "problems" in built;

/**
 * An internal error while a commit is built counts as a problem of that commit: it must not stop the releases of other commits. Other
 * errors are rethrown.
 */
export function asRefusal(error: unknown): Refusal {
  const isOfCode = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  // With a cause: the platform reports a failed connection as a TypeError.
  if (!isOfCode || error.cause !== undefined) throw error;
  return refusal([wordedProblem(".", internalProblem(error))]);
}

export const refusal = (problems: Problem[]): Refusal => ({ kind: "refused", why: "", problems });
