import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { MAX_CONFLICTS, retriedConflictsError } from "../ports/retry-conflicts.ts";
import type { CatalogueEntry } from "../release/catalogue.ts";
import { projectDataset } from "../render/project-dataset.ts";
import type { Attempt } from "./attempt-findings.ts";
import { publishAttempt } from "./publish-attempt.ts";
import type { Finding, Published, PublishJob } from "./publish-job.ts";
import { PublishRun } from "./publish-run.ts";
import { putPublicKey } from "./put-public-key.ts";
import { UndecidedError } from "./undecided-error.ts";

/** Publishes the pending commits of a branch, then writes pages and aliases. Idempotent. */
export async function publishDataset(job: PublishJob): Promise<Published> {
  const run = new PublishRun(job);
  try {
    if (job.signer) await putPublicKey(job.store, job.signer);
    const { last, released, unreleased, warnings, undecided } = await attemptAll(run);
    const catalogue = await projectDataset(job.store, job.aliases, job.dataset, job.runtime.countedTables);
    if (!undecided && last?.cursor) await run.cursors.write(last.cursor.catalogue, last.cursor.at);
    const published: Published = {
      released,
      unreleased,
      warnings,
      catalogue,
      more: !undecided && last?.next !== "done",
      ...(last?.refused ? { refused: last.refused } : {}),
      ...(last?.blocked ? { blocked: last.blocked } : {}),
      ...(last?.refusedUntil ? { refusedUntil: last.refusedUntil } : {}),
      pending: { commits: run.pending.size, since: run.since ?? null, unchecked: run.pending.size - run.reportedCount },
    };
    if (undecided) throw Object.assign(undecided, { published });
    return published;
  } finally {
    await run.builds.close();
  }
}

async function attemptAll(
  run: PublishRun,
): Promise<{ last?: Attempt; released: CatalogueEntry[]; unreleased: Finding[]; warnings: Finding[]; undecided?: UndecidedError }> {
  const { dataset, maxReleases = Number.POSITIVE_INFINITY } = run.job;
  const released: CatalogueEntry[] = [];
  const unreleased = new Map<string, Finding>();
  const warnings = new Map<string, Finding>();
  let last: Attempt | undefined;
  let undecided: UndecidedError | undefined;
  for (let conflicts = 0; last?.next !== "done" && last?.next !== "pause" && released.length < maxReleases; ) {
    const attempt = await publishAttempt(run).catch(undecidedOrThrow);
    if (attempt instanceof UndecidedError) {
      undecided = attempt;
      break;
    }
    last = attempt;
    keepLatest(unreleased, last.unreleased);
    keepLatest(warnings, last.warnings);
    if (last.released) released.push(last.released);
    conflicts = last.next === "retry" ? conflicts + 1 : 0;
    if (conflicts > MAX_CONFLICTS) throw retriedConflictsError(catalogueObjectKey(dataset));
  }
  const findings = { unreleased: [...unreleased.values()], warnings: [...warnings.values()] };
  return { ...(last ? { last } : {}), released, ...findings, ...(undecided ? { undecided } : {}) };
}

function keepLatest(kept: Map<string, Finding>, found: readonly Finding[]): void {
  for (const finding of found) kept.set(`${finding.commit} ${finding.why}`, finding);
}

/** Releases before an undecided commit still get their pages. */
function undecidedOrThrow(error: unknown): UndecidedError {
  if (error instanceof UndecidedError) return error;
  throw error;
}
