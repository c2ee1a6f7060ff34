import { randomUUID } from "node:crypto";
import { isMainThread } from "node:worker_threads";
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { isIsolated, runIsolated } from "../../lib/adapters/threads/isolated-check.ts";
import { isSqlThread, runSqlThread } from "../../lib/adapters/threads/sql-worker.ts";
import { ForgeError } from "../../lib/ports/forge.ts";
import { neutralizeMentions } from "../../lib/release/neutralize-mentions.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import type { Tick, ValidateMessage } from "../messages.ts";
import { metrics, publishMetrics } from "../metrics.ts";
import { setting } from "../setting.ts";
import { emptyTemporaryFolder } from "../temporary-folder.ts";
import { type ForgeContext, limitForgeRequests, withForge } from "../with-forge.ts";
import { checkDatasets, checkInnerCommits, touchedDatasets } from "./check-datasets.ts";
import { type CheckedDataset, checkVerdict } from "./check-verdict.ts";
import { commentText } from "./comment-text.ts";
import { innerCommits } from "./inner-commits.ts";
import { isRebaseOnly, rebaseNote } from "./rebase-note.ts";

// The bundle is also the program of two threads: the one that checks strangers' files, and the one that runs their SQL.
if (!isMainThread && isIsolated()) await runIsolated();
if (isSqlThread()) runSqlThread();

/** Maximum requests for files of one commit; the App has 5,000 an hour for all of them. */
limitForgeRequests(1_500);

/** The conversation may be locked: then only the verdict is reported. */
async function comment({ forge }: ForgeContext, pull: number, sha: string, checked: readonly CheckedDataset[]): Promise<void> {
  try {
    await forge.comment(pull, `${neutralizeMentions(commentText(checked))}\n\nFor ${sha}.`);
  } catch (error) {
    if (!(error instanceof ForgeError && (error.reason === "refused" || error.reason === "missing"))) throw error;
    logger.warn("no comment", errorFields(error));
  }
}

async function validate(context: ForgeContext, { sha, pull, again }: ValidateMessage, secondsLeft: () => number): Promise<void> {
  const { forge, branch, dataFolder } = context;
  if (pull !== undefined && !(await forge.isCurrent(pull, sha))) {
    logger.info("skipped: the pull request is closed or has a newer commit");
    return;
  }
  const { tree } = await forge.commit(sha);
  const mergeBase = await forge.mergeBase(branch, sha);
  const base = mergeBase === undefined ? null : (await forge.commit(mergeBase)).tree;
  const touched = await touchedDatasets(context, { tree, base }, pull === undefined);
  const checked = await checkDatasets(context, touched, { tree, base }, secondsLeft);
  const methods = pull === undefined ? undefined : await forge.mergeMethods();
  const commits = pull === undefined ? [] : await innerCommits(forge, sha, mergeBase);
  if (isRebaseOnly(methods)) checked.push(...(await checkInnerCommits(context, touched, commits, secondsLeft)));
  const verdict = checkVerdict(checked, dataFolder);
  const note = pull === undefined || touched.length === 0 ? undefined : rebaseNote(methods, commits?.length);
  if (note !== undefined) verdict.summary = [verdict.summary, note].filter(Boolean).join("\n\n");
  metrics.addMetric("Problems", MetricUnit.Count, verdict.problemCount);
  await forge.report(sha, "Factpress", verdict, again);
  if (pull !== undefined) await comment(context, pull, sha, checked);
  const { conclusion, problemCount: problems } = verdict;
  logger.info("verdict", { conclusion, problems, datasets: checked.map(({ dataset }) => dataset) });
}

const sqs = new SQSClient({});

/** Queues open pull requests whose newest commit has no verdict: their webhook was lost. */
async function sweep({ forge, branch }: ForgeContext): Promise<void> {
  // Commits that are still queued would seem to have no verdict.
  const waiting = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: setting("VALIDATE_QUEUE_URL"), AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  if (Number(waiting.Attributes?.["ApproximateNumberOfMessages"] ?? 0) > 0) return;
  for await (const { number, sha } of forge.openPulls(branch)) {
    if (await forge.hasVerdict(sha)) continue;
    const message: ValidateMessage = { sha, pull: number, delivery: `sweep-${randomUUID()}` };
    await sqs.send(new SendMessageCommand({ QueueUrl: setting("VALIDATE_QUEUE_URL"), MessageBody: JSON.stringify(message) }));
    logger.info("queued: it has no verdict", { commit: sha, pull: number });
  }
}

const processor = new BatchProcessor(EventType.SQS);

async function handleRecord({ body }: SQSRecord, context?: Context): Promise<void> {
  const message = JSON.parse(body) as ValidateMessage;
  logger.appendKeys({ commit: message.sha, delivery: message.delivery, ...(message.pull === undefined ? {} : { pull: message.pull }) });
  try {
    const secondsLeft = (): number => (context?.getRemainingTimeInMillis() ?? 60_000) / 1000;
    await withForge((forgeContext) => validate(forgeContext, message, secondsLeft));
  } catch (error) {
    logger.error("no verdict", errorFields(error));
    throw error;
  } finally {
    logger.resetKeys();
  }
}

/** Checks commits of branches and pull requests, one message a commit. */
export async function handler(event: SQSEvent | Tick, context: Context): Promise<SQSBatchResponse | undefined> {
  try {
    await emptyTemporaryFolder();
    if ("tick" in event) {
      await withForge(sweep);
      return undefined;
    }
    return await processPartialResponse(event, handleRecord, processor, {
      context,
      throwOnFullBatchFailure: false,
      processInParallel: false,
    });
  } finally {
    publishMetrics();
  }
}
