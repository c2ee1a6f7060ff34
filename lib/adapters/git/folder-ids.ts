import type { GitRepository } from "./git-repository.ts";

/** The tree ids of the subfolders of a folder in a commit, by name. Hidden folders are skipped. */
export async function folderIds({ git }: GitRepository, commit: string, folder: string): Promise<Map<string, string>> {
  const within = folder === "" ? "" : `${folder}/`;
  const listing = await git("ls-tree", "-z", "-d", "--full-tree", commit, "--", ...(within ? [within] : []));
  const ids = new Map<string, string>();
  for (const entry of listing.split("\0")) {
    const [, id, path = ""] = /^040000 tree ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
    const name = path.slice(within.length);
    if (id !== undefined && path.startsWith(within) && name !== "" && !name.startsWith(".")) ids.set(name, id);
  }
  return ids;
}
