import type { PublicCloneAccess } from "../../ports/forge.ts";
import { runGitTransfer } from "./run-git.ts";

/** Whether a commit is the tip of a branch or of a pull request, open or closed. Throws `GitError`. */
export async function isAnyBranchTip({ url }: PublicCloneAccess, sha: string, seconds?: number): Promise<boolean> {
  const listing = await runGitTransfer({ url, seconds }, "ls-remote", "--", url);
  return listing.split("\n").some((line) => line.startsWith(`${sha}\trefs/`));
}
