import { join, resolve } from "node:path";
import type { GitRepository } from "./git-repository.ts";
import { oneLine } from "./one-line.ts";

/** The files of a repository that change with HEAD or a branch. */
export async function filesAtHead({ root, git }: GitRepository): Promise<string[]> {
  const own = resolve(root, oneLine(await git("rev-parse", "--git-dir")));
  const common = resolve(root, oneLine(await git("rev-parse", "--git-common-dir")));
  return [join(own, "HEAD"), join(common, "refs/heads"), join(common, "packed-refs")];
}
