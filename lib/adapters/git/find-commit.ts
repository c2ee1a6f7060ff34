import { statSync } from "node:fs";
import { resolve } from "node:path";
import { DamagedRefError } from "./damaged-ref-error.ts";
import { GitError } from "./git-error.ts";
import type { GitRepository } from "./git-repository.ts";
import { oneLine } from "./one-line.ts";

const damaged = (name: string, why: string): DamagedRefError =>
  new DamagedRefError(`git cannot read ${name}: ${why}. The repository is damaged. See git fsck, and fetch or clone it again`);

/**
 * The id of the commit that a name refers to; undefined if there is no such name, such as HEAD before the first commit, or if the name
 * is an id that is not in the repository. Throws `DamagedRefError` and `GitError`.
 */
export async function findCommit(repository: GitRepository, name: string): Promise<string | undefined> {
  const { ask } = repository;
  const found = await ask("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
  if (found !== undefined) return oneLine(found);
  if (/^[0-9a-f]{40,64}$/.test(name)) return undefined;
  const id = await ask("rev-parse", "--verify", "--quiet", name);
  if (id !== undefined) throw damaged(name, `it names ${oneLine(id)}, which is missing or not a commit`);
  await checkRefFile(repository, name);
  return undefined;
}

/** The id of the commit of a ref that exists. Throws `DamagedRefError` and `GitError`. */
export async function presentCommit(repository: GitRepository, name: string): Promise<string> {
  const found = await findCommit(repository, name);
  if (found === undefined) throw damaged(name, "it names no commit");
  return found;
}

/** Git treats a ref whose file is empty or unreadable, such as after a power failure, as missing. */
async function checkRefFile({ root, git, ask }: GitRepository, name: string): Promise<void> {
  if (name === "HEAD") await ask("symbolic-ref", "--quiet", name).catch(nameDamage);
  if (!name.startsWith("refs/")) return;
  const file = resolve(root, oneLine(await git("rev-parse", "--git-path", name)));
  // A directory contains refs whose names start with this one.
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) throw damaged(name, "its file holds no commit id");
}

function nameDamage(error: unknown): never {
  if (error instanceof GitError) throw damaged("HEAD", error.stderr);
  throw error;
}
