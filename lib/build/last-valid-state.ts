import { shortCommitId } from "../contract/short-commit-id.ts";

/** Maximum commits of a branch that are looked at for a valid state of a dataset (docs/limits.md). */
export const MAX_COMMITS_BACK = 50;

/** A dataset at a commit of a branch. */
export interface BranchState {
  commit: string;
  /** Equal ids name equal content; null if the commit lacks the dataset. */
  folderId: string | null;
}

interface Attempt<T> {
  name: string;
  /** Tries a state. `shown`: its name in messages. Undefined if no more can be tried. */
  attempt(state: { commit: string; folderId: string }, shown: string): Promise<T | undefined>;
  /** Whether the state has problems itself. One whose check did not complete does not count: it may have been released. */
  isInvalid(result: T): boolean;
}

/**
 * Tries the states of a dataset along a branch, newest first, until one has no problems: one with problems was never released. If all that
 * are tried have some, the result is that of the newest. Undefined if the newest commit lacks the dataset. `name`: of the newest state in messages.
 */
export async function lastValidState<T>(
  states: AsyncIterable<BranchState>,
  { name, attempt, isInvalid }: Attempt<T>,
): Promise<T | undefined> {
  let first: { result: T } | undefined;
  let tried: string | null = null;
  let count = 0;
  for await (const { commit, folderId } of states) {
    if (folderId === null || count === MAX_COMMITS_BACK) break;
    count += 1;
    if (folderId === tried) continue;
    tried = folderId;
    const shown = first ? `${shortCommitId(commit)}, the last commit of ${name} without problems` : name;
    const result = await attempt({ commit, folderId }, shown);
    if (result === undefined) break;
    if (!isInvalid(result)) return result;
    first ??= { result };
  }
  return first?.result;
}
