import { shortCommitId } from "../../contract/short-commit-id.ts";
import { branchName } from "./branch-name.ts";
import { findCommit } from "./find-commit.ts";
import type { GitRepository } from "./git-repository.ts";
import { isShallowClone } from "./is-shallow-clone.ts";
import type { PublishedBranch } from "./published-branch.ts";
import { upstreamOf } from "./upstream-of.ts";

/** The commit that a working folder is compared with. */
export type ComparedCommit =
  | {
      commit: string;
      /** Branch and commit, for messages. */
      name: string;
      /** The commit is checked out, so only uncommitted changes can differ from it. */
      isHead: boolean;
    }
  | { unknown: string };

/** The commit that a working folder is compared with: the merge base of HEAD and the published branch; on that branch itself, its upstream. */
export async function comparedCommit(repository: GitRepository, published: PublishedBranch): Promise<ComparedCommit> {
  const { ask } = repository;
  const [head, tip, upstream] = await Promise.all([
    findCommit(repository, "HEAD"),
    findCommit(repository, published.ref),
    upstreamOf(repository, published),
  ]);
  if (head === undefined) return { unknown: "HEAD has no commit yet" };
  const isOnPublished = tip === head;
  const others = isOnPublished ? [upstream ?? published.ref] : [published.ref, ...(upstream === undefined ? [] : [upstream])];
  // If there are several, HEAD is compared with the most recent merge base.
  const commit = isOnPublished && upstream === undefined ? head : (await ask("merge-base", head, ...others))?.trim().split("\n")[0];
  const names = others.map(branchName).join(" and ");
  if (commit === undefined) {
    const isShallow = await isShallowClone(repository);
    return {
      unknown: `HEAD (${shortCommitId(head)}) and ${names} share no commit${isShallow ? " in this shallow clone. Run: git fetch --unshallow" : ""}`,
    };
  }
  return { commit, name: `${branchName(others[0] ?? "")} (${shortCommitId(commit)})`, isHead: commit === head };
}
