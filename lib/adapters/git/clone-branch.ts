import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloneAccess, PublicCloneAccess } from "../../ports/forge.ts";
import { runGitTransfer } from "./run-git.ts";

const OPTIONS = ["--no-checkout", "--single-branch", "--no-tags", "--template="];

/**
 * Clones a branch with its full history and without a working tree. Git reads the password from a temporary file: it appears neither in
 * arguments, nor in the environment, nor in the clone. Throws `GitError`, also after `seconds`.
 */
export async function cloneBranch(
  access: CloneAccess | PublicCloneAccess,
  branch: string,
  folder: string,
  seconds?: number,
): Promise<void> {
  const { url } = access;
  const options = [...OPTIONS, "--branch", branch, "--", url, folder];
  if (!("password" in access)) {
    await runGitTransfer({ url, seconds }, "clone", ...options);
    return;
  }
  const secrets = await mkdtemp(join(tmpdir(), "factpress-clone-"));
  try {
    const credentials = join(secrets, "credentials");
    const { username, password } = access;
    const address = Object.assign(new URL(url), { username, password, pathname: "" });
    await writeFile(credentials, `${address.href}\n`, { mode: 0o600 });
    await runGitTransfer({ url, credentials, seconds }, "clone", ...options);
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}

/** Fetches a commit of any branch or pull request into a clone, with its history. Throws `GitError`. */
export async function fetchIntoClone({ url }: PublicCloneAccess, sha: string, folder: string, seconds?: number): Promise<void> {
  const options = ["--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--", url, sha];
  await runGitTransfer({ url, folder, seconds }, "fetch", ...options);
}
