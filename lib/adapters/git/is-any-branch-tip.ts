import type { PublicCloneAccess } from "../../ports/forge.ts";
import { runGitTransfer } from "./run-git.ts";

/** Whether any branch or pull request of a repository, open or closed, has a commit as its newest. Throws `GitError`. */
export async function isAnyBranchTip({ url }: PublicCloneAccess, sha: string, seconds?: number): Promise<boolean> {
  const listing = await runGitTransfer({ url, seconds }, "ls-remote", "--", url);
  return listing.split("\n").some((line) => line.startsWith(`${sha}\trefs/`));
}
