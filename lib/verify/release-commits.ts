import type { Commit } from "../ports/ports.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { VerificationError } from "./verification.ts";

export interface Placement {
  /** Version → index of its commit on the first-parent history, oldest first. */
  placed: Map<string, number>;
  /** Versions whose commits a rewritten history no longer holds, oldest first. */
  lost: string[];
  /** Versions that were made of a folder without git. */
  withoutCommit: string[];
}

/**
 * Finds the commit of every release on the first-parent history of the published branch. Throws where one is not there and
 * no break explains it, where the order is another, and where a break is marked that git does not show.
 */
export function placeReleases({ dataset, releases }: Catalogue, commits: readonly Pick<Commit, "id">[]): Placement {
  const where = `${dataset}/releases.json`;
  const indexes = new Map(commits.map(({ id }, i) => [id, i]));
  const newestBreak = releases.findIndex((entry) => entry.break);
  const placement: Placement = { placed: new Map(), lost: [], withoutCommit: [] };
  let last: { version: string; at: number } | undefined;
  for (let i = releases.length - 1; i >= 0; i -= 1) {
    const entry = releases[i] as Catalogue["releases"][number];
    const { version, commit } = entry;
    const at = commit === null ? undefined : indexes.get(commit);
    if (commit === null) placement.withoutCommit.push(version);
    else if (at === undefined) {
      if (newestBreak < 0 || i <= newestBreak)
        throw new VerificationError(
          where,
          `names commit ${commit} for ${version}, which is not on the published branch (git log --first-parent)`,
        );
      placement.lost.push(version);
    } else {
      if (last && at <= last.at)
        throw new VerificationError(
          where,
          `lists ${version} after ${last.version}, and the published branch has their commits in another order`,
        );
      if (entry.break && (i === releases.length - 1 || placement.placed.has(releases[i + 1]?.version ?? "")))
        throw new VerificationError(where, `says that history was rewritten before ${version}, and git holds the release before it`);
      placement.placed.set(version, at);
      last = { version, at };
    }
  }
  return placement;
}
