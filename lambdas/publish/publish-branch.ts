import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { GENERATOR } from "../../lib/contract/generator.ts";
import { ForgeError } from "../../lib/ports/forge-error.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { earliest } from "../../lib/publish/earliest.ts";
import { forgetCursor } from "../../lib/publish/publish-cursor.ts";
import { datasetPublishFailures } from "../../lib/publish/publish-each-dataset.ts";
import type { Published } from "../../lib/publish/publish-job.ts";
import {
  NEVER_SETTLED,
  NOT_SETTLED,
  readSettled,
  type SettledFile,
  settledSettings,
  settledUntil,
  wasEverSettled,
  writeSettled,
} from "../../lib/publish/settled.ts";
import { RENDERER } from "../../lib/render/renderer.generated.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import type { PublishMessage } from "../messages.ts";
import { metrics } from "../metrics.ts";
import { openCopyStore } from "../open-copy-store.ts";
import { setting } from "../setting.ts";
import type { ForgeContext } from "../with-forge.ts";
import { BuildFailedError } from "./build-failed-error.ts";
import { copyCatalogues } from "./copy-catalogues.ts";
import { failureMetric } from "./count-failure.ts";
import { isForBuild } from "./is-for-build.ts";
import { requestLargeBuild, type UnreportedBuild, unreportedLargeBuild } from "./large-build.ts";
import { lastingFailure } from "./lasting-failure.ts";
import { publishAll } from "./publish-all.ts";
import { type Outcomes, publishVerdict } from "./publish-verdict.ts";
import { queuePublishRun } from "./queue-publish-run.ts";

/** A run ends when only this time is left, which is enough for one more release and the reports. */
const RESERVED_SECONDS = 240;
/**
 * A run ends when only this many requests are left this hour, for the reports. Checks of pull requests reserve more
 * (lambdas/validate/handler.ts).
 */
const RESERVED_REQUESTS = 200;
/** Maximum commits reported. Of a longer backlog, only the tip and the requested commit are reported on. */
const MAX_REPORTED = 50;

export interface BranchRun {
  store: Store;
  secondsLeft(): number;
  /** Retry also after a lasting failure. */
  isForced?: boolean;
}

/** Everything besides the tip that the result of a run depends on. */
export const publishBranchSettings = ({ forge, branch, dataFolder }: ForgeContext): string =>
  settledSettings([GENERATOR, RENDERER, setting("SITE_URL"), forge.webUrl, forge.links, branch, dataFolder]);

const hasRequests = ({ forge }: ForgeContext): boolean => (forge.requestsLeft() ?? RESERVED_REQUESTS) >= RESERVED_REQUESTS;

/**
 * `prompt`: the commit whose release is timed. Other commits may be late for reasons that are not measured: earlier runs failed, which has
 * its own alarm; they are older than the stack; or webhooks have stopped, which has an alarm, too.
 */
function measure({ published }: Outcomes, prompt: string | undefined): void {
  for (const [dataset, { released }] of published)
    for (const { version, date, commit } of released) {
      metrics.addMetric("Releases", MetricUnit.Count, 1);
      if (date && commit === prompt && !isCatchingUp(published.values()))
        metrics.addMetric("MergeToRelease", MetricUnit.Seconds, Math.max(0, (Date.now() - Date.parse(date)) / 1000));
      logger.info("released", { dataset, version, commit });
    }
}

/**
 * Counts a run of a tick that released something: the webhook of the push was lost, or earlier runs have failed. Older commits than the
 * stack have had no webhook.
 */
function countUnannounced({ published }: Outcomes): void {
  const all = [...published.values()];
  if (!isCatchingUp(all) && all.some(({ released }) => released.length > 0)) metrics.addMetric("Unannounced", MetricUnit.Count, 1);
}

/** Queues a run for the remaining releases. The run reads the branch, so the message's commit does not matter. */
async function queueNextRun(published: readonly Published[], tip: string, { delivery, isFromTick }: PublishMessage): Promise<void> {
  const message: PublishMessage = { sha: tip, delivery: `${delivery}-more`.slice(-100), ...(isFromTick ? { isFromTick } : {}) };
  const releases = published.map(({ catalogue }) => catalogue.releases.length).join("-");
  await queuePublishRun(message, `${message.delivery}-${releases}`.slice(-128));
}

const isCatchingUp = (published: Iterable<Published>): boolean => [...published].some(({ pending }) => pending.unchecked > MAX_REPORTED);

/** The commits to report on: those of this run, the tip and the requested commit. Earlier runs have reported on the others. */
function commitsToReport(published: readonly Published[], requested: ReadonlySet<string>): Set<string> {
  const commits = new Set(requested);
  if (isCatchingUp(published)) return commits;
  for (const { released, unreleased, warnings } of published)
    for (const { commit } of [...released, ...[...unreleased, ...warnings].filter(({ isReported }) => !isReported)])
      if (commit) commits.add(commit);
  return commits;
}

type BranchOutcomes = Outcomes & { tip: string };

/**
 * Requests a build of the datasets that are too large for a function. If builds have failed, the failure remains.
 */
async function leaveToBuild(
  outcomes: BranchOutcomes,
  { store, isForced = false }: BranchRun,
): Promise<"requested" | "running" | undefined> {
  const datasets = [...outcomes.failures].flatMap(([name, error]) => (isForBuild(error) ? [name] : []));
  if (datasets.length === 0) return undefined;
  const build = await requestLargeBuild(store, { tip: outcomes.tip, datasets, isForced }, new Date());
  logger.info("a build publishes the rest", { datasets, ...build });
  if (build.state === "failed") {
    for (const name of datasets) outcomes.failures.set(name, new BuildFailedError(build.why, { cause: outcomes.failures.get(name) }));
    return undefined;
  }
  for (const name of datasets) outcomes.failures.delete(name);
  outcomes.leftToBuild = datasets;
  return build.state;
}

async function report(context: ForgeContext, commits: ReadonlySet<string>, requested: ReadonlySet<string>, outcomes: BranchOutcomes) {
  for (const commit of commits) {
    // Failures and pending builds are reported only on commits that a later run will report on again: on other commits they would stay
    // forever.
    const failures = requested.has(commit) ? outcomes.failures : new Map<string, Error>();
    const leftToBuild = commit === outcomes.tip ? outcomes.leftToBuild : [];
    const reported = { ...outcomes, failures, leftToBuild: leftToBuild ?? [] };
    const links = { site: setting("SITE_URL"), dataFolder: context.dataFolder, tip: outcomes.tip };
    await context.forge.report(commit, "Factpress publish", publishVerdict(commit, reported, links));
  }
}

interface Reporting {
  context: ForgeContext;
  store: Store;
  built: UnreportedBuild | undefined;
}

/**
 * Returns false if the forge refuses reports, such as for a missing permission. Refused reports have an alarm of their own (as in
 * lambdas/validate/report-commit.ts), and ticks retry them.
 */
async function reportOrForget(
  { context, store, built }: Reporting,
  commits: ReadonlySet<string>,
  requested: ReadonlySet<string>,
  outcomes: BranchOutcomes,
): Promise<boolean> {
  try {
    await report(context, commits, requested, outcomes);
    return true;
  } catch (error) {
    // Some commits were not reported, so the next run must find them again. It finds those of a build without another build.
    const found = [...outcomes.published.keys()].filter((dataset) => !built?.datasets.includes(dataset));
    for (const dataset of found) await forgetCursor(store, dataset);
    if (!(error instanceof ForgeError && error.reason === "refused")) throw error;
    metrics.addMetric("RefusedVerdicts", MetricUnit.Count, 1);
    logger.error("no verdict can be written", errorFields(error));
    return false;
  }
}

interface Settling {
  context: ForgeContext;
  store: Store;
  file: SettledFile;
}

/** Records that nothing is left to do at a tip, and until when. `failure`: a tick can only fail again, which keeps the alarm. */
async function settle({ context, store, file }: Settling, { tip, published }: BranchOutcomes, failure?: string): Promise<void> {
  const refusedUntil = [...published.values()].map((one) => one.refusedUntil).reduce(earliest, undefined);
  await writeSettled(store, file, {
    tip,
    settings: publishBranchSettings(context),
    renewHead: settledUntil(new Date()),
    queued: file.settled?.queued ?? {},
    ...(refusedUntil === undefined ? {} : { refusedUntil }),
    ...(failure === undefined ? {} : { failure }),
  });
}

/** A build that was requested manually may succeed. */
async function forgetFailure({ store, file }: Settling): Promise<void> {
  const { failure, ...settled } = file.settled ?? NEVER_SETTLED;
  if (failure !== undefined) await writeSettled(store, file, { ...settled, tip: NOT_SETTLED });
}

/** Records the outcome, and throws the failures. */
async function finish(settling: Settling, outcomes: BranchOutcomes, isDone: boolean): Promise<void> {
  const isComplete = isDone && !outcomes.leftToBuild;
  const lasting = lastingFailure(outcomes);
  if (isComplete && lasting) await settle(settling, outcomes, lasting.message);
  const failures = datasetPublishFailures(outcomes);
  // Prefer a failure without a metric of its own, because only that fails the function.
  const failure = failures.find((one) => failureMetric(one) === undefined) ?? failures[0];
  if (failure) throw failure;
  if (isComplete) await settle(settling, outcomes);
  else if (outcomes.leftToBuild) await forgetFailure(settling);
}

/** Publishes the pending commits of the branch and reports on them. Records when nothing is left to do. */
export async function publishBranch(context: ForgeContext, message: PublishMessage, run: BranchRun): Promise<void> {
  const { sha, isFromTick = false } = message;
  const { store, secondsLeft } = run;
  const file = await readSettled(store);
  const secondsToFetch = (): number => secondsLeft() - RESERVED_SECONDS;
  const isOutOfTime = (): boolean => secondsToFetch() < 0 || !hasRequests(context);
  const outcomes: BranchOutcomes = await publishAll(context, store, { isOutOfTime, secondsLeft: secondsToFetch });
  const { tip } = outcomes;
  const build = await leaveToBuild(outcomes, run);
  const built = await unreportedLargeBuild(store, build);
  const published = [...outcomes.published.values()];
  const wasSettled = wasEverSettled(file.settled);
  measure(outcomes, wasSettled && !isFromTick ? sha : undefined);
  if (wasSettled && isFromTick) countUnannounced(outcomes);
  const requested = new Set([sha, ...(built?.commits ?? []), tip].filter((commit) => commit !== undefined));
  // Commits of earlier requests are reported once no build is pending. Until then, the tip's report says that a build was requested.
  const commits = commitsToReport(published, build === undefined ? requested : new Set(build === "requested" ? [tip] : []));
  const more = published.some((one) => one.more);
  if (more) {
    // If the forge allows no more requests, the next tick continues.
    if (hasRequests(context)) await queueNextRun(published, tip, message);
    commits.delete(tip);
  }
  const isReported = await reportOrForget({ context, store, built }, commits, requested, outcomes);
  if (!more && isReported) await built?.setReported();
  // Also after a failure, because catalogues cannot be rebuilt if the store is lost.
  const copy = openCopyStore();
  if (copy) await copyCatalogues(store, copy, outcomes.published.keys());
  await finish({ context, store, file }, outcomes, !more && isReported);
}
