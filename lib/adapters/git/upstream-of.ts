import { findCommit } from "./find-commit.ts";
import type { GitRepository } from "./git-repository.ts";
import type { PublishedBranch } from "./published-branch.ts";

/** The remote-tracking branch of a local branch, if there is one. */
export async function upstreamOf(repository: GitRepository, { ref, name }: PublishedBranch): Promise<string | undefined> {
  if (!ref.startsWith("refs/heads/")) return undefined;
  const origin = `refs/remotes/origin/${name}`;
  const lines = (await repository.git("for-each-ref", "--format=%(refname) %(upstream)", ref, origin)).split("\n");
  const configured = lines.find((line) => line.startsWith(`${ref} `))?.slice(ref.length + 1) ?? "";
  const candidates = [configured, ...(lines.some((line) => line.startsWith(`${origin} `)) ? [origin] : [])];
  for (const candidate of candidates) if (candidate !== "" && (await findCommit(repository, candidate)) !== undefined) return candidate;
  return undefined;
}
