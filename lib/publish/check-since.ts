import { openBase } from "../build/open-base.ts";
import { type Catalogue, emptyCatalogue } from "../release/catalogue.ts";
import { changedCommits } from "./changed-commits.ts";
import type { ReleaseState } from "./commit-builds.ts";
import { committedSide } from "./committed-side.ts";
import { planReleases } from "./plan-releases.ts";
import type { PublishJob } from "./publish-job.ts";
import { PublishRun } from "./publish-run.ts";
import { type BranchVerdict, NO_ALIASES, NOTHING_STORED, readOnly } from "./read-only.ts";

/** A commit that is assumed to be the newest release, because no catalogue is available. */
export interface AssumedRelease {
  commit: string;
  /** For messages. */
  name: string;
  /** The releases up to the commit, if known. Default: the commit is the only release. */
  state?: ReleaseState | undefined;
}

/**
 * Checks all commits after an assumed release as publishing does, without writing anything. Git records neither the version of the newest
 * release, nor withdrawals, nor whether the commit was released. Returns the reason as a string if nothing can be checked.
 */
export async function checkSince(
  { dataset, history, runtime }: Pick<PublishJob, "dataset" | "history" | "runtime">,
  { commit, name, state: before }: AssumedRelease,
): Promise<BranchVerdict | string> {
  const pending = await history.after(commit);
  if (pending.position !== "on") return `${name} is not on the first-parent history of the branch`;
  const opened = await runtime.openWorkspace();
  try {
    const base =
      pending.base === null ? undefined : await openBase(name, history.at({ id: commit, date: null, tree: pending.base }), runtime, opened);
    if (base?.kind === "unknown") return base.why;
    const known = base?.kind === "known" && base.version !== undefined ? base : undefined;
    const only = known ? assumedCatalogue(dataset, commit, known.version as string) : emptyCatalogue(dataset);
    const state = before ?? { catalogue: only, content: only.releases[0]?.version ?? null };
    const { catalogue } = state;
    const job = { dataset, history, runtime, store: readOnly(NOTHING_STORED), aliases: NO_ALIASES };
    const run = new PublishRun(job, before ? committedSide({ history, runtime }) : known && (async () => known.side));
    try {
      const status = { ...pending, catalogue, etag: null, state, startsNewLine: false };
      for (const { id } of changedCommits(status)) run.pending.add(id);
      const { unreleased, refused, blocked } = await planReleases(run, status);
      return {
        ...{
          catalogue,
          unreleased,
          warnings: [],
          pending: { commits: pending.commits.length, since: name, unchecked: pending.commits.length },
        },
        ...(refused ? { refused } : {}),
        ...(blocked ? { blocked } : {}),
      };
    } finally {
      await run.builds.close();
    }
  } finally {
    await opened.discard();
  }
}

/** A catalogue in which the commit is the only release. */
const assumedCatalogue = (dataset: string, commit: string, version: string): Catalogue => ({
  ...emptyCatalogue(dataset),
  releases: [{ version, date: null, commit, level: "first", manifest: "" }],
});
