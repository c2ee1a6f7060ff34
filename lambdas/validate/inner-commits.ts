import type { Forge } from "../../lib/ports/forge.ts";

/** Maximum commits of a pull request that are checked one by one. */
export const MAX_COMMITS = 20;

/** A commit of a pull request; `before` is the tree of its first parent. */
export interface InnerCommit {
  id: string;
  tree: string;
  before: string;
}

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

/** The problem if too many commits would be released one by one. */
export const TOO_MANY = `Too many commits to release one by one (maximum ${MAX_COMMITS}). Squash them, or allow merge commits or squash merging in the repository's settings`;
