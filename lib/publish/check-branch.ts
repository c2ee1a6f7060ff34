import type { Store } from "../ports/ports.ts";
import { readBranchStatus } from "./branch-status.ts";
import { planReleases } from "./plan-releases.ts";
import type { PublishJob } from "./publish-job.ts";
import { PublishRun } from "./publish-run.ts";
import { type BranchVerdict, NO_ALIASES, readOnly } from "./read-only.ts";

interface BranchCheck extends Pick<PublishJob, "dataset" | "history" | "runtime"> {
  store: Pick<Store, "get" | "read">;
}

/** Checks all pending commits as publishing does, without writing anything. */
export async function checkBranch(job: BranchCheck): Promise<BranchVerdict> {
  const run = new PublishRun({ ...job, store: readOnly(job.store), aliases: NO_ALIASES });
  try {
    const status = await readBranchStatus(run.job);
    const { catalogue, commits, stop } = status;
    for (const { id } of commits) run.pending.add(id);
    const pending = { commits: commits.length, since: catalogue.releases[0]?.version ?? null, unchecked: commits.length };
    const found = { catalogue, pending, warnings: [] };
    if (stop) return { ...found, unreleased: [stop], stop, ...(stop.kind === "refused" ? { refused: stop } : {}) };
    const { unreleased, refused, blocked } = await planReleases(run, status);
    return { ...found, unreleased, ...(refused ? { refused } : {}), ...(blocked ? { blocked } : {}) };
  } finally {
    await run.builds.close();
  }
}
