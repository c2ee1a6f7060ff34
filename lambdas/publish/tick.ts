import { randomUUID } from "node:crypto";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import type { OpenPull, WantedCheck } from "../../lib/ports/forge.ts";
import { ForgeNotSetUpError } from "../../lib/ports/forge-not-set-up-error.ts";
import {
  isSettled,
  isSettledHeadDue,
  NEVER_SETTLED,
  readSettled,
  type Settled,
  type SettledFile,
  settledUntil,
  writeSettled,
} from "../../lib/publish/settled.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import type { ValidateMessage } from "../messages.ts";
import { metrics } from "../metrics.ts";
import { setting } from "../setting.ts";
import { sqs } from "../sqs.ts";
import { CHECK_LEASE_MS } from "../validate/request-check-build.ts";
import { type ForgeContext, withForge } from "../with-forge.ts";
import { isQueueBusy } from "./is-queue-busy.ts";
import { isRequeueDue } from "./is-requeue-due.ts";
import { type BranchRun, publishBranch, publishBranchSettings } from "./publish-branch.ts";
import { queuePublishRun } from "./queue-publish-run.ts";
import { renewHead } from "./renew-head.ts";

interface TickRun extends BranchRun {
  /** Started manually: publish now, even if nothing seems to have changed or earlier runs have failed for good. */
  isForced: boolean;
}

/** Maximum commits queued per tick while messages wait, since these may be about the same commits. */
const MAX_QUEUED_WHILE_BUSY = 5;

/** Queues commits without a verdict, whose webhooks were lost. Returns the updated record of queued commits. */
async function queueUnchecked(
  { forge }: ForgeContext,
  wanted: readonly (WantedCheck & Partial<OpenPull>)[],
  queued: Settled["queued"],
): Promise<Settled["queued"]> {
  const nowMs = Date.now();
  const isWaiting = ({ startedAt }: WantedCheck): boolean => startedAt !== undefined && nowMs - Date.parse(startedAt) < CHECK_LEASE_MS;
  const unchecked = wanted.filter((one) => !one.hasVerdict && !isWaiting(one) && isRequeueDue(queued[one.sha], nowMs));
  // Closed pull requests are dropped from the record.
  const next = Object.fromEntries(Object.entries(queued).filter(([sha]) => wanted.some((one) => one.sha === sha)));
  if (unchecked.length === 0) return next;
  // Commits that await their check have no verdict either, but need not be queued again.
  const isBusy = await isQueueBusy(setting("VALIDATE_QUEUE_URL"));
  let left = isBusy ? MAX_QUEUED_WHILE_BUSY : unchecked.length;
  const timesOf = ({ sha }: WantedCheck): number => queued[sha]?.[0] ?? 0;
  // Commits queued least often come first, so that every commit gets its turn.
  for (const { number, sha } of unchecked.sort((a, b) => timesOf(a) - timesOf(b))) {
    if (left === 0) break;
    if (await forge.hasVerdict(sha)) continue;
    const pull = number === undefined ? {} : { pull: number };
    const message: ValidateMessage = { sha, ...pull, delivery: `sweep-${randomUUID()}` };
    await sqs.send(new SendMessageCommand({ QueueUrl: setting("VALIDATE_QUEUE_URL"), MessageBody: JSON.stringify(message) }));
    left -= 1;
    next[sha] = [(next[sha]?.[0] ?? 0) + 1, nowMs];
    logger.info("queued: it has no verdict", { commit: sha, pull: number });
    if (isBusy || queued[sha] !== undefined) continue;
    // Nothing is being checked, and no tick has queued it before: its webhook was lost, or its check failed.
    logger.warn("no webhook led to a verdict on this commit: if none comes, see the App's page", { commit: sha, pull: number });
    metrics.addMetric("Unannounced", MetricUnit.Count, 1);
  }
  return next;
}

/** Queues a run that publishes the branch, unless one is queued or running. */
async function queueRun(tip: string): Promise<void> {
  if (await isQueueBusy(setting("PUBLISH_QUEUE_URL"))) return;
  await queuePublishRun({ sha: tip, delivery: `tick-${randomUUID()}`, isFromTick: true });
  logger.info("queued: the branch may have something to publish", { commit: tip });
}

async function checkForWork(context: ForgeContext, file: SettledFile, run: TickRun): Promise<void> {
  const { tip, pulls, mergeGroups = [] } = await context.forge.overview(context.branch);
  const before = file.settled?.queued ?? {};
  const queued = await queueUnchecked(context, [...mergeGroups, ...pulls], before);
  const { settled = NEVER_SETTLED } = file;
  const isDone = !run.isForced && isSettled(settled, { tip, settings: publishBranchSettings(context) }, new Date());
  const isDue = isDone && isSettledHeadDue(settled, new Date());
  if (isDue) await renewHead(run.store);
  const renewed = isDue ? { renewHead: settledUntil(new Date()) } : {};
  if (isDue || JSON.stringify(queued) !== JSON.stringify(before)) await writeSettled(run.store, file, { ...settled, queued, ...renewed });
  if (run.isForced) await publishBranch(context, { delivery: "tick" }, run);
  else if (!isDone) await queueRun(tip);
  else if (settled.failure !== undefined) throw new Error(settled.failure);
}

/** Makes up for lost webhooks. If nothing has changed, a tick costs one request to the store and one to the forge. */
export async function tick(run: TickRun): Promise<void> {
  const file = await readSettled(run.store);
  try {
    await withForge((context) => checkForWork(context, file, run));
  } catch (error) {
    // Until the first run, the secret may be a placeholder and the App may not be installed (docs/deploy.md).
    if (!(error instanceof ForgeNotSetUpError) || file.settled !== undefined) throw error;
    logger.info("waiting: the forge is not set up yet", errorFields(error));
  }
}
