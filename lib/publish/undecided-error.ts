import { IncompleteCheckError } from "../build/incomplete-check-error.ts";
import { shortCommitId } from "../contract/short-commit-id.ts";
import { internalProblem, type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { undecidedProblem } from "../diagnostics/undecided-problem.ts";
import type { Published } from "./publish-job.ts";

/** The check of a commit did not complete, so there is no verdict on it, and later commits cannot be released. */
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

/** The problems except those of checks that did not complete. Throws `UndecidedError` if there are no others. */
export function withoutUndecided(commit: string | null, problems: readonly Problem[]): Problem[] {
  const undecided = undecidedProblem(problems);
  if (undecided) throw new UndecidedError(commit, undecided);
  return problems.filter(({ couldNotTell }) => !couldNotTell);
}

/** Wraps incomplete checks and internal errors in an `UndecidedError` that names the commit. Rethrows others, such as network errors. */
export const rethrowUndecided =
  (commit: string | null) =>
  (error: unknown): never => {
    if (error instanceof IncompleteCheckError) throw new UndecidedError(commit, error.problem, error);
    const isOfCode = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
    // fetch reports a failed connection as a TypeError with a cause.
    if (isOfCode && error.cause === undefined) throw new UndecidedError(commit, wordedProblem(".", internalProblem(error)), error);
    throw error;
  };
