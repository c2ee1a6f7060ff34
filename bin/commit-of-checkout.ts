import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findGitRepository } from "../lib/adapters/git/git-repository.ts";
import { oneLine } from "../lib/adapters/git/one-line.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The commit of this checkout; undefined if Factpress was copied without `.git`. */
export async function commitOfCheckout(): Promise<string | undefined> {
  // A repository of a parent folder does not count.
  if (!existsSync(join(ROOT, ".git"))) return undefined;
  const repository = await findGitRepository(ROOT);
  if (!repository) return undefined;
  const commit = oneLine((await repository.ask("rev-parse", "--verify", "--quiet", "HEAD")) ?? "");
  if (commit === "") return undefined;
  return (await repository.git("status", "--porcelain", "--untracked-files=no")) === "" ? commit : `${commit}, modified`;
}
