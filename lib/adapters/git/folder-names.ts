import { folderTree } from "./folder-tree.ts";
import type { GitRepository } from "./git-repository.ts";

/** The names of the folders in a folder of a commit, without hidden ones. */
export async function folderNames(repository: GitRepository, commit: string, folder: string): Promise<string[]> {
  const tree = await folderTree(repository, commit, folder);
  if (tree === undefined) return [];
  const listing = await repository.git("ls-tree", "-z", "-d", "--name-only", tree);
  return listing.split("\0").filter((name) => name !== "" && !name.startsWith("."));
}
