import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { isSqlWorker, runSqlWorker } from "../../lib/adapters/threads/sql-worker.ts";
import { errorFields } from "../error-fields.ts";
import { forgeFiles } from "../forge-files.ts";
import { logger } from "../logger.ts";
import type { BuildEnded, PublishMessage, Tick } from "../messages.ts";
import { publishMetrics } from "../metrics.ts";
import { openStore } from "../open-store.ts";
import { redeliverAfter } from "../redeliver-after.ts";
import { setting } from "../setting.ts";
import { emptyTemporaryFolder } from "../temporary-folder.ts";
import { triesOf } from "../tries-of.ts";
import { keepForgeFiles, withForge } from "../with-forge.ts";
import { continueAfterBuild } from "./continue-after-build.ts";
import { countFailure, failureMetric } from "./count-failure.ts";
import { deleteMessage } from "./delete-message.ts";
import { giveUp, isGivenUpAlready } from "./is-given-up-already.ts";
import { publishBranch } from "./publish-branch.ts";
import { PUBLISH_RETRY_SECONDS } from "./publish-retry-seconds.ts";
import { tick } from "./tick.ts";

// The bundle is also the program of the thread that runs SQL checks.
if (isSqlWorker()) runSqlWorker();

keepForgeFiles(forgeFiles);

/**
 * Handles a message to publish. A failed message is redelivered a few times and then dropped, because the next tick queues another one. A
 * failed message from a tick is not retried: it fails the function, which raises the alarm.
 */
async function handlePublishMessage(record: SQSRecord, secondsLeft: () => number): Promise<SQSBatchResponse> {
  const { body, messageId } = record;
  const startedMs = Date.now();
  let isFromTick = false;
  try {
    const message = JSON.parse(body) as PublishMessage;
    isFromTick = message.isFromTick === true;
    logger.appendKeys({ commit: message.sha, delivery: message.delivery });
    if (!isFromTick && isGivenUpAlready(record)) {
      logger.warn("given up, like the previous run: the next tick continues");
      return { batchItemFailures: [] };
    }
    await withForge((forge) => publishBranch(forge, message, { store: openStore(), secondsLeft }));
    return { batchItemFailures: [] };
  } catch (error) {
    if (isFromTick) {
      // After a failure that is only counted, Lambda deletes the message.
      if (failureMetric(error as Error) !== undefined) throw error;
      // If the message cannot be deleted, it is redelivered, which only repeats work.
      const stays = (failure: unknown): void => logger.warn("a message of a tick stays in the queue", errorFields(failure));
      await deleteMessage(setting("PUBLISH_QUEUE_URL"), record).catch(stays);
      throw error;
    }
    logger.error("not published", errorFields(error));
    const seconds = PUBLISH_RETRY_SECONDS[triesOf(record) - 1];
    if (seconds === undefined) {
      giveUp(startedMs);
      logger.warn("given up: the next tick continues");
      return { batchItemFailures: [] };
    }
    await redeliverAfter(setting("PUBLISH_QUEUE_URL"), record, seconds);
    return { batchItemFailures: [{ itemIdentifier: messageId }] };
  }
}

/** Publishes pending commits of the branch. Messages are delivered one at a time. A schedule makes up for lost webhooks. */
export async function handler(event: SQSEvent | Tick | BuildEnded, context: Context): Promise<SQSBatchResponse | undefined> {
  const secondsLeft = (): number => context.getRemainingTimeInMillis() / 1000;
  try {
    await emptyTemporaryFolder();
    if ("tick" in event) await tick({ store: openStore(), isForced: event.force === true, secondsLeft });
    else if ("buildEnded" in event) await continueAfterBuild(event, openStore());
    // The batch size is one (lib/infra/factpress-stack.ts).
    else return await handlePublishMessage(event.Records[0] as SQSRecord, secondsLeft);
    return undefined;
  } catch (error) {
    // Log every failure, and count it as an error of the function or in its own metric.
    logger.error("not published", errorFields(error));
    // The next tick tries again, but not for the end of a build, or for a person who looks at the answer.
    if ("buildEnded" in event || ("tick" in event && event.force) || !countFailure(error as Error)) throw error;
    return "Records" in event ? { batchItemFailures: [] } : undefined;
  } finally {
    logger.resetKeys();
    publishMetrics();
  }
}
