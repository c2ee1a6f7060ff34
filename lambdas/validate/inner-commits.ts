import type { Forge, MergeMethods } from "../../lib/ports/forge.ts";

/** Maximum commits of a pull request that are checked one by one. */
const MAX_COMMITS = 20;

/** A commit of a pull request; `before` is the tree of its first parent. */
export interface InnerCommit {
  id: string;
  tree: string;
  before: string;
}

/** Whether every commit of a pull request will be on the branch by itself, and so may become a release. */
export const isRebaseOnly = (methods: MergeMethods | undefined): boolean => methods?.rebase === true && !methods.merge && !methods.squash;

/** The commits of a pull request after its merge base, oldest first; undefined if there are too many. */
export async function innerCommits(
  forge: Pick<Forge, "commit">,
  sha: string,
  base: string | undefined,
): Promise<InnerCommit[] | undefined> {
  const commits: InnerCommit[] = [];
  for (let id = sha; id !== base; ) {
    if (commits.length === MAX_COMMITS) return undefined;
    const { tree, parents } = await forge.commit(id);
    const [parent] = parents;
    // A root commit: the histories share none.
    if (parent === undefined) return commits;
    commits.unshift({ id, tree, before: (await forge.commit(parent)).tree });
    id = parent;
  }
  return commits;
}

/** A note on merging by rebase; undefined if that is not allowed, or there is only one commit. */
export function rebaseNote(methods: MergeMethods | undefined, count: number | undefined): string | undefined {
  if (count === 1) return undefined;
  const many = count === undefined ? `its commits (more than ${MAX_COMMITS})` : `its ${count} commits`;
  if (methods === undefined)
    return `The merge methods of this repository are unknown. Merged by rebase, each of ${many} would be released by itself.`;
  if (!methods.rebase) return undefined;
  return isRebaseOnly(methods)
    ? `This repository merges by rebase only: each of ${many} is checked and released by itself.`
    : `Checked as one commit. This repository also allows merging by rebase: then each of ${many} is released by itself.`;
}

/** The problem if too many commits would be released one by one. */
export const TOO_MANY = `Too many commits to release one by one (maximum ${MAX_COMMITS}). Squash them, or allow merge commits or squash merging in the repository's settings`;
