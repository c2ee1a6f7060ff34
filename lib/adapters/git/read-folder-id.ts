import { COMMIT_ID } from "../../contract/commit-id.ts";
import type { GitRepository } from "./git-repository.ts";

/** The tree id of a folder in a commit; undefined if there is no such folder. Throws `GitError`. */
export async function readFolderId({ git, readObjects }: GitRepository, commit: string, folder: string): Promise<string | undefined> {
  const read = COMMIT_ID.test(commit.replace("^{commit}", "")) ? readObjects : git;
  if (folder === "") return (await read("rev-parse", "--verify", `${commit}^{tree}`)).trim();
  const listing = await read("ls-tree", "-d", "-z", "--full-tree", commit, "--", folder);
  return /^040000 tree ([0-9a-f]+)\t/.exec(listing)?.[1];
}
