import { emptyCatalogue } from "../release/catalogue.ts";
import { changedCommits } from "./changed-commits.ts";
import type { ReleaseState } from "./commit-builds.ts";
import { planEach } from "./plan-releases.ts";
import type { PublishJob } from "./publish-job.ts";
import { PublishRun } from "./publish-run.ts";
import { NO_ALIASES, NOTHING_STORED, readOnly } from "./read-only.ts";

/** Maximum commits that are checked to number the releases of a history. */
const MAX_COMMITS = 100;

type HistoryJob = Pick<PublishJob, "dataset" | "history" | "runtime">;

/**
 * The releases of a history if every commit that passes was released: git does not record which were. Undefined if there are too many
 * commits. Throws `ShallowHistoryError`.
 */
export async function assumedReleases({ dataset, history, runtime }: HistoryJob): Promise<ReleaseState | undefined> {
  const pending = await history.after(null);
  if (changedCommits(pending).length > MAX_COMMITS) return undefined;
  const catalogue = emptyCatalogue(dataset);
  // An earlier version of Factpress may have released commits that this one would refuse.
  const mayHaveOverlookedProblems = (): boolean => true;
  const job = { dataset, history, runtime, store: readOnly(NOTHING_STORED), aliases: NO_ALIASES, mayHaveOverlookedProblems };
  const run = new PublishRun(job);
  try {
    const status = { ...pending, catalogue, etag: null, state: { catalogue, content: null }, startsNewLine: false };
    return (await planEach(run, status)).state;
  } finally {
    await run.builds.close();
  }
}
