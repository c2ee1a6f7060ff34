import type { GitRepository } from "./git-repository.ts";

/** The tree id of a folder in a commit; undefined if there is no such folder. Throws `GitError`. */
export async function readFolderId({ git }: GitRepository, commit: string, folder: string): Promise<string | undefined> {
  if (folder === "") return (await git("rev-parse", "--verify", `${commit}^{tree}`)).trim();
  const listing = await git("ls-tree", "-d", "-z", "--full-tree", commit, "--", folder);
  return /^040000 tree ([0-9a-f]+)\t/.exec(listing)?.[1];
}
