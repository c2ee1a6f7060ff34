import type { Forge } from "../../lib/ports/forge.ts";

/** Maximum commits of a pull request that are checked one by one. */
export const MAX_COMMITS = 20;

/** A commit of a pull request; `before` is the tree of its first parent. */
export interface InnerCommit {
  id: string;
  tree: string;
  parent: string;
  before: string;
}

/** The target branch of a pull request, and their merge base. */
interface Target {
  branch: string;
  base: string | undefined;
}

/**
 * The commits of a pull request that a rebase merge would apply one by one, oldest first. Undefined if there are too many, or if another
 * branch was merged into the pull request. Merges of the target branch are skipped, as git does. After such a merge, the merge base is no
 * longer a first parent, so the list ends at the first commit of the target branch.
 */
export async function innerCommits(
  forge: Pick<Forge, "commit" | "mergeBase">,
  sha: string,
  { branch, base }: Target,
): Promise<InnerCommit[] | undefined> {
  const commits: InnerCommit[] = [];
  let count = 0;
  let hasMerge = false;
  for (let id = sha; id !== base && !(hasMerge && (await forge.mergeBase(branch, id)) === id); ) {
    if (count === MAX_COMMITS) return undefined;
    count += 1;
    const { tree, parents } = await forge.commit(id);
    const [parent] = parents;
    // A root commit: the histories are unrelated.
    if (parent === undefined) return commits;
    for (const other of parents.slice(1)) if ((await forge.mergeBase(branch, other)) !== other) return undefined;
    if (parents.length > 1) hasMerge = true;
    else commits.unshift({ id, tree, parent, before: (await forge.commit(parent)).tree });
    id = parent;
  }
  return commits;
}

/** The problem if too many commits would be released one by one. */
export const TOO_MANY = `Too many commits to release one by one (maximum ${MAX_COMMITS}). Squash them, or allow merge commits or squash merging in the repository's settings`;
