import type { GitRepository } from "./git-repository.ts";

/** The names of the folders in a folder of a commit, without hidden ones. */
export async function folderNames({ git }: GitRepository, commit: string, folder: string): Promise<string[]> {
  const within = folder === "" ? "" : `${folder}/`;
  const listing = await git("ls-tree", "-z", "-d", "--name-only", "--full-tree", commit, "--", ...(within ? [within] : []));
  return listing
    .split("\0")
    .filter((path) => path.startsWith(within))
    .map((path) => path.slice(within.length))
    .filter((name) => name !== "" && !name.startsWith("."));
}
