import { shortCommitId } from "../contract/short-commit-id.ts";

/** Maximum commits of a branch that are searched for a valid state of a dataset (docs/limits.md). */
export const MAX_COMMITS_BACK = 50;

/** A dataset at a commit of a branch. */
export interface BranchState {
  commit: string;
  /** Equal ids name equal content; null if the commit lacks the dataset. */
  folderId: string | null;
}

interface StateSearch<T> {
  name: string;
  /** Tries a state. `shown`: its name in messages. Undefined if no more can be tried. */
  attempt(state: { commit: string; folderId: string }, shown: string): Promise<T | undefined>;
  /** Whether the state has problems itself. False if its check did not complete, because it may have been released. */
  isInvalid(result: T): boolean;
}

/**
 * Tries the states of a dataset along a branch, newest first, until a state has no problems: states with problems were never
 * released. If all have problems, returns the result of the newest. Undefined if the newest commit lacks the dataset. `name`:
 * the newest state in messages.
 */
export async function lastValidState<T>(
  states: AsyncIterable<BranchState>,
  { name, attempt, isInvalid }: StateSearch<T>,
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
