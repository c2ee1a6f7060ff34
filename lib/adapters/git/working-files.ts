import type { GitRepository } from "./git-repository.ts";

/** What the index and the ignore rules say of the files in folders of a checkout. Paths are relative to the repository. */
export interface WorkingFiles {
  /** A file without a commit that `git add` leaves out. */
  isIgnored(path: string): boolean;
  /** The checkout leaves the file out on purpose: a sparse checkout, or a clone without files. */
  isLeftOut(path: string): boolean;
}

/** Reads no content of files, so no configured filter runs, as `git status` would let it. */
export async function workingFiles({ git }: GitRepository, folders: readonly string[]): Promise<WorkingFiles> {
  const paths = folders.filter((folder) => folder !== "");
  const listing = await git("ls-files", "-t", "-z", "--cached", "--others", "--exclude-standard", "--full-name", "--", ...paths);
  const tags = new Map(
    listing
      .split("\0")
      .filter(Boolean)
      .map((line) => [line.slice(2), line.slice(0, 1)]),
  );
  const hasIndex = [...tags.values()].some((tag) => tag !== "?");
  return {
    isIgnored: (path) => !tags.has(path),
    isLeftOut: (path) => !hasIndex || tags.get(path) === "S",
  };
}
