import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import type { Commit } from "../ports/ports.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { VerificationError } from "./verification-error.ts";

/** The commits of releases in git. */
export interface ReleaseCommits {
  /** Version → index of its commit on the first-parent history, oldest first. */
  found: Map<string, number>;
  /** Versions whose commits are missing in the rewritten history, oldest first. */
  lost: string[];
  /** Versions that were published from a folder without git. */
  withoutCommit: string[];
}

function verifyOrder(where: string, version: string, at: number, last: { version: string; at: number } | undefined): void {
  if (last && at <= last.at)
    throw new VerificationError(
      where,
      `lists ${version} after ${last.version}, but the published branch has their commits in a different order`,
    );
}

function verifyBreak(where: string, version: string, before: string | undefined, found: ReadonlyMap<string, number>): void {
  if (before === undefined || found.has(before))
    throw new VerificationError(where, `marks a rewritten history before ${version}, but git has the release before it`);
}

/**
 * Finds the commit of every release on the first-parent history of the published branch. Throws if a commit is missing without a marked
 * break, if the order differs, or if a break is marked although git has the commit before it.
 */
export function findReleaseCommits({ dataset, releases }: Catalogue, commits: readonly Pick<Commit, "id">[]): ReleaseCommits {
  const where = catalogueObjectKey(dataset);
  const indexes = new Map(commits.map(({ id }, i) => [id, i]));
  const newestBreak = releases.findIndex((entry) => entry.break);
  const releaseCommits: ReleaseCommits = { found: new Map(), lost: [], withoutCommit: [] };
  const { found, lost, withoutCommit } = releaseCommits;
  let last: { version: string; at: number } | undefined;
  for (let i = releases.length - 1; i >= 0; i -= 1) {
    const entry = releases[i] as CatalogueEntry;
    const { version, commit } = entry;
    const at = commit === null ? undefined : indexes.get(commit);
    if (commit === null) withoutCommit.push(version);
    else if (at === undefined) {
      if (newestBreak < 0 || i <= newestBreak)
        throw new VerificationError(
          where,
          `names commit ${commit} for ${version}, which is not on the published branch (git log --first-parent)`,
        );
      lost.push(version);
    } else {
      verifyOrder(where, version, at, last);
      if (entry.break) verifyBreak(where, version, releases[i + 1]?.version, found);
      found.set(version, at);
      last = { version, at };
    }
  }
  return releaseCommits;
}
