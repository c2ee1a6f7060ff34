import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { isSqlWorker, runSqlWorker } from "../../lib/adapters/threads/sql-worker.ts";
import { errorFields } from "../error-fields.ts";
import { handOutAgain } from "../hand-out-again.ts";
import { logger } from "../logger.ts";
import type { BuildEnded, PublishMessage, Tick } from "../messages.ts";
import { publishMetrics } from "../metrics.ts";
import { openStore } from "../open-store.ts";
import { setting } from "../setting.ts";
import { emptyTemporaryFolder } from "../temporary-folder.ts";
import { triesOf } from "../tries-of.ts";
import { withForge } from "../with-forge.ts";
import { continueAfterBuild } from "./continue-after-build.ts";
import { deleteMessage } from "./delete-message.ts";
import { publishBranch } from "./publish-branch.ts";
import { PUBLISH_RETRY_SECONDS } from "./publish-retry-seconds.ts";
import { tick } from "./tick.ts";

// The bundle is also the program of the thread that SQL checks run in.
if (isSqlWorker()) runSqlWorker();

/**
 * Publishes as a message asks. One that failed is handed out again a few times, and then given up: the next tick queues another. That is
 * tried once, and makes the function fail, which raises its alarm.
 */
async function handlePublishMessage(record: SQSRecord, secondsLeft: () => number): Promise<SQSBatchResponse> {
  const { body, messageId } = record;
  let isFromTick = false;
  try {
    const message = JSON.parse(body) as PublishMessage;
    isFromTick = message.isFromTick === true;
    logger.appendKeys({ commit: message.sha, delivery: message.delivery });
    await withForge((forge) => publishBranch(forge, message, { store: openStore(), secondsLeft }));
    return { batchItemFailures: [] };
  } catch (error) {
    if (isFromTick) {
      // A message that stays is handed out again, which is only work done twice.
      const stays = (failure: unknown): void => logger.warn("a message of a tick stays in the queue", errorFields(failure));
      await deleteMessage(setting("PUBLISH_QUEUE_URL"), record).catch(stays);
      throw error;
    }
    logger.error("not published", errorFields(error));
    const seconds = PUBLISH_RETRY_SECONDS[triesOf(record) - 1];
    if (seconds === undefined) {
      logger.warn("given up: the next tick continues");
      return { batchItemFailures: [] };
    }
    await handOutAgain(setting("PUBLISH_QUEUE_URL"), record, seconds);
    return { batchItemFailures: [{ itemIdentifier: messageId }] };
  }
}

/** Publishes pending commits of the branch. Messages come one at a time; a schedule queues those of lost webhooks. */
export async function handler(event: SQSEvent | Tick | BuildEnded, context: Context): Promise<SQSBatchResponse | undefined> {
  const secondsLeft = (): number => context.getRemainingTimeInMillis() / 1000;
  try {
    await emptyTemporaryFolder();
    if ("tick" in event) await tick({ store: openStore(), isForced: event.force === true, secondsLeft });
    else if ("buildEnded" in event) await continueAfterBuild(event, openStore());
    // The queue hands out one message at a time (lib/infra/factpress-stack.ts).
    else return await handlePublishMessage(event.Records[0] as SQSRecord, secondsLeft);
    return undefined;
  } catch (error) {
    // Every failure is logged.
    logger.error("not published", errorFields(error));
    throw error;
  } finally {
    logger.resetKeys();
    publishMetrics();
  }
}
