import type { GitHubRepository, MergeMethods } from "../../lib/adapters/github/source-github.ts";

/** Maximum commits of a pull request that are judged one by one. */
const MAX_COMMITS = 20;

/** A commit of a pull request, and the tree of its folder before it. */
export interface InnerCommit {
  id: string;
  tree: string;
  before: string;
}

/** Whether every commit of a pull request will stand on the branch by itself, and so may become a release. */
export const isRebaseOnly = (methods: MergeMethods | undefined): boolean => methods?.rebase === true && !methods.merge && !methods.squash;

/** The commits from where a pull request left the branch up to its newest one, oldest first; undefined where there are too many to judge. */
export async function innerCommits(
  code: Pick<GitHubRepository, "commit">,
  sha: string,
  base: string | undefined,
): Promise<InnerCommit[] | undefined> {
  const commits: InnerCommit[] = [];
  for (let id = sha; id !== base; ) {
    if (commits.length === MAX_COMMITS) return undefined;
    const { tree, parents } = await code.commit(id);
    const [parent] = parents;
    // The first commit of a history without a common one.
    if (parent === undefined) return commits;
    commits.unshift({ id, tree, before: (await code.commit(parent)).tree });
    id = parent;
  }
  return commits;
}

/** What a verdict says of merging by rebase; undefined where that is not allowed, or there is one commit only. */
export function rebaseNote(methods: MergeMethods | undefined, count: number | undefined): string | undefined {
  if (count === 1) return undefined;
  const many = count === undefined ? `its more than ${MAX_COMMITS} commits` : `its ${count} commits`;
  if (methods === undefined)
    return `Which merge methods this repository allows could not be told. Merged by rebase, each of ${many} would be released by itself.`;
  if (!methods.rebase) return undefined;
  return isRebaseOnly(methods)
    ? `This repository merges by rebase only: each of ${many} is released by itself, and is judged by itself.`
    : `Judged as one commit. This repository also allows merging by rebase: then each of ${many} is released by itself.`;
}

/** The problem where too many commits would be released one by one. */
export const TOO_MANY = `More than ${MAX_COMMITS} commits would be released one by one: squash them, or allow merge commits or squash merging in the settings of the repository`;
