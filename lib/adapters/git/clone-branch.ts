import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloneAccess } from "../../ports/forge.ts";
import { cloneGit } from "./run-git.ts";

/**
 * Clones a branch into a folder, its whole history and no working files. The password stands neither in arguments nor in the
 * environment, and nothing of it stays in the clone: git reads it from a file that is removed afterwards. Throws `GitError`.
 */
export async function cloneBranch({ url, username, password }: CloneAccess, branch: string, folder: string): Promise<void> {
  const secrets = await mkdtemp(join(tmpdir(), "factpress-clone-"));
  try {
    const file = join(secrets, "credentials");
    const address = Object.assign(new URL(url), { username, password, pathname: "" });
    await writeFile(file, `${address.href}\n`, { mode: 0o600 });
    const options = ["--no-checkout", "--single-branch", "--no-tags", "--template=", "--branch", branch];
    await cloneGit(url, file, ...options, "--", url, folder);
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}
