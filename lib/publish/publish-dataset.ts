import { catalogueKey } from "../contract/catalogue-key.ts";
import type { Store } from "../ports/ports.ts";
import { MAX_CONFLICTS, retriedConflictsError } from "../ports/retry-conflicts.ts";
import type { CatalogueEntry } from "../release/catalogue.ts";
import { projectDataset } from "../render/project-dataset.ts";
import { projectHome } from "../render/project-home.ts";
import type { Attempt } from "./attempt-findings.ts";
import { publishAttempt } from "./publish-attempt.ts";
import type { Finding, Published, PublishJob } from "./publish-job.ts";
import { PublishRun } from "./publish-run.ts";
import { putPublicKey } from "./put-public-key.ts";
import { UndecidedError } from "./undecided-error.ts";

/** Publishes the pending commits of a branch, then writes pages and aliases. Running it again adds nothing. */
export async function publishDataset(job: PublishJob): Promise<Published> {
  const run = new PublishRun(job);
  try {
    if (job.signer) await putPublicKey(job.store, job.signer);
    const { last, released, unreleased, warnings, undecided } = await attemptAll(run);
    const catalogue = await projectDataset(job.store, job.aliases, job.dataset);
    if (!undecided && last?.cursor) await run.cursors.write(last.cursor.catalogue, last.cursor.at);
    const published: Published = {
      released,
      unreleased,
      warnings,
      catalogue,
      more: !undecided && last?.next !== "done",
      ...(last?.refused ? { refused: last.refused } : {}),
      ...(last?.blocked ? { blocked: last.blocked } : {}),
      ...(last?.dependsOnClock ? { dependsOnClock: true } : {}),
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
    if (conflicts > MAX_CONFLICTS) throw retriedConflictsError(catalogueKey(dataset));
  }
  const findings = { unreleased: [...unreleased.values()], warnings: [...warnings.values()] };
  return { ...(last ? { last } : {}), released, ...findings, ...(undecided ? { undecided } : {}) };
}

function keepLatest(kept: Map<string, Finding>, found: readonly Finding[]): void {
  for (const finding of found) kept.set(`${finding.commit} ${finding.why}`, finding);
}

/** What was released before such a commit gets its pages all the same. */
function undecidedOrThrow(error: unknown): UndecidedError {
  if (error instanceof UndecidedError) return error;
  throw error;
}

/** The results by dataset, and the failures. Callers report all results before they throw a failure. */
export interface PublishedEach {
  published: Map<string, Published>;
  failures: Map<string, Error>;
  /** Failure of `findEnded` or `recordEnds`. */
  endsFailure?: Error;
  /** Failure of the pages that belong to no dataset. */
  homeFailure?: Error;
  /** Failure of `signHead`. */
  headFailure?: Error;
}

/** All failures, those of datasets first. */
export const datasetPublishFailures = ({ failures, endsFailure, homeFailure, headFailure }: PublishedEach): Error[] =>
  [...failures.values(), endsFailure, homeFailure, headFailure].filter((failure) => failure !== undefined);

/** What publishing several datasets does. */
export interface PublishSteps {
  /** Returns the datasets to publish beside those named: the branch no longer contains them, but has commits to release. */
  findEnded?: () => Promise<string[]>;
  publish(name: string): Promise<Published>;
  logFailure(name: string, error: Error): void;
  /**
   * After the datasets: records which datasets the branch no longer contains. Not if `findEnded` failed, and not while a dataset of the branch
   * is refused or blocked: the commits that are squashed then may be those that delete another. `unfinished`: datasets that failed, or that
   * the next run continues.
   */
  recordEnds?: (unfinished: ReadonlySet<string>) => Promise<void>;
  /** Runs last, so that the signed head never names a state that readers cannot get yet. */
  signHead?: () => Promise<void>;
}

/** Publishes datasets one after the other, then the pages that belong to no dataset. A failure does not stop the others. */
export async function publishEachDataset(
  store: Store,
  names: readonly string[],
  { findEnded, publish, logFailure, recordEnds, signHead }: PublishSteps,
): Promise<PublishedEach> {
  const published = new Map<string, Published>();
  const failures = new Map<string, Error>();
  let ended: string[] = [];
  const findFailure = await failureOf(async () => {
    ended = (await findEnded?.()) ?? [];
  });
  for (const name of new Set([...names, ...ended]))
    try {
      published.set(name, await publish(name));
    } catch (error) {
      // Every failure is returned; the other datasets are still published, and so is what came before the failure.
      if (error instanceof UndecidedError && error.published) published.set(name, error.published);
      failures.set(name, error as Error);
      logFailure(name, error as Error);
    }
  // A dataset that the branch no longer contains cannot be corrected: it would keep all ends from being recorded.
  const isRefused = [...published].some(([name, { refused, blocked }]) => !ended.includes(name) && (refused ?? blocked) !== undefined);
  const unfinished = new Set([...failures.keys(), ...[...published].flatMap(([name, { more }]) => (more ? [name] : []))]);
  const endsFailure = findFailure ?? (isRefused ? undefined : await failureOf(() => recordEnds?.(unfinished)));
  const homeFailure = await failureOf(() => projectHome(store, released(published)));
  const headFailure = await failureOf(signHead);
  return {
    ...{ published, failures },
    ...(endsFailure ? { endsFailure } : {}),
    ...(homeFailure ? { homeFailure } : {}),
    ...(headFailure ? { headFailure } : {}),
  };
}

/** The datasets with a release: a draft and a refused first commit have none, so the store does not list them. */
const released = (published: ReadonlyMap<string, Published>): string[] =>
  [...published].flatMap(([name, { catalogue }]) => (catalogue.releases.length > 0 ? [name] : []));

async function failureOf(step: (() => Promise<void> | undefined) | undefined): Promise<Error | undefined> {
  try {
    await step?.();
  } catch (error) {
    // Every failure is returned, so that callers can still report the results of the datasets.
    return error as Error;
  }
  return undefined;
}
