import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findRepository, oneLine } from "../lib/adapters/git/git-repository.ts";
import { GENERATOR } from "../lib/contract/generator.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The commit of a bundle: `bin/pack.ts` puts it in. */
declare const FACTPRESS_COMMIT: string | undefined;

/** The commit of this checkout; undefined where Factpress was copied without its `.git`. */
export async function checkoutCommit(): Promise<string | undefined> {
  // Not a repository that this folder merely lies in.
  if (!existsSync(join(ROOT, ".git"))) return undefined;
  const repository = await findRepository(ROOT);
  if (!repository) return undefined;
  const commit = oneLine((await repository.ask("rev-parse", "--verify", "--quiet", "HEAD")) ?? "");
  if (commit === "") return undefined;
  return (await repository.git("status", "--porcelain", "--untracked-files=no")) === "" ? commit : `${commit}, modified`;
}

/** What `factpress --version` prints: the version, and the commit that it was made from where that is known. */
export async function toolVersion(): Promise<string> {
  const commit = typeof FACTPRESS_COMMIT === "string" ? FACTPRESS_COMMIT : await checkoutCommit();
  return commit ? `${GENERATOR} (commit ${commit})` : GENERATOR;
}
