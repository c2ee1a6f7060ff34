import { IncompleteCheckError } from "../build/incomplete-check-error.ts";
import { shortCommitId } from "../contract/short-commit-id.ts";
import { internalProblem, type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { undecidedProblem } from "../diagnostics/undecided-problem.ts";
import type { Published } from "./publish-job.ts";

/**
 * The check of a commit did not complete: there is no verdict on it. Whether later commits make releases, and which, is unknown until there
 * is one.
 */
export class UndecidedError extends Error {
  override name = "UndecidedError";
  /** What the run published before that commit. */
  published?: Published;
  constructor(commit: string | null, { file, message, remedy }: Problem, cause?: unknown) {
    const subject = commit === null ? "The dataset" : `Commit ${shortCommitId(commit)}`;
    const sentence = `${subject} could not be checked, so publishing stops here. ${file}: ${message}.`;
    const remedies =
      "Run again, if possible on a faster or less busy machine. If the commit itself is the cause and is not published yet, squash it with a correction (git rebase -i).";
    super([sentence, remedy, remedies].filter(Boolean).join(" "), { cause });
  }
}

/** The problems without those of checks that did not complete. Throws `UndecidedError` if only such are left. */
export function withoutUndecided(commit: string | null, problems: readonly Problem[]): Problem[] {
  const undecided = undecidedProblem(problems);
  if (undecided) throw new UndecidedError(commit, undecided);
  return problems.filter(({ couldNotTell }) => !couldNotTell);
}

/** Names the commit whose check did not complete, or at which an error of the code itself was thrown. Others, as of a connection, explain themselves. */
export const rethrowUndecided =
  (commit: string | null) =>
  (error: unknown): never => {
    if (error instanceof IncompleteCheckError) throw new UndecidedError(commit, error.problem, error);
    const isOfCode = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
    // fetch reports a failed connection as a TypeError with a cause.
    if (isOfCode && error.cause === undefined) throw new UndecidedError(commit, wordedProblem(".", internalProblem(error)), error);
    throw error;
  };
