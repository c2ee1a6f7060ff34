import { internalProblem, type Problem, wordedProblem } from "../diagnostics/problem.ts";
import type { Build } from "./commit-builds.ts";

/** A commit that makes no release, regardless of earlier releases. */
export interface Refusal {
  kind: "refused" | "draft";
  why: string;
  problems: Problem[];
  /** The verdict depends on the clock. */
  dependsOnClock?: true;
}

export const isRefusal = (built: Build | Refusal): built is Refusal => "problems" in built;

/**
 * Turns an internal error during a build into a problem of that commit, so that it does not block the releases of other commits. Other
 * errors are rethrown.
 */
export function asRefusal(error: unknown): Refusal {
  const isOfCode = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  // fetch reports a failed connection as a TypeError with a cause.
  if (!isOfCode || error.cause !== undefined) throw error;
  return refusal([wordedProblem(".", internalProblem(error))]);
}

export const refusal = (problems: Problem[]): Refusal => ({ kind: "refused", why: "", problems });
