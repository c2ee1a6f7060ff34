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
import { publishBranch } from "./publish-branch.ts";
import { PUBLISH_RETRY_SECONDS } from "./publish-retry-seconds.ts";
import { tick } from "./tick.ts";

// The bundle is also the program of the thread that SQL checks run in.
if (isSqlWorker()) runSqlWorker();

/** Whether a message is handed out again. One that failed too often is given up: the next tick does its work, and raises the alarm if it fails. */
async function isRetried(record: SQSRecord): Promise<boolean> {
  const seconds = PUBLISH_RETRY_SECONDS[triesOf(record) - 1];
  if (seconds === undefined) {
    logger.warn("given up: the next tick continues");
    return false;
  }
  await handOutAgain(setting("PUBLISH_QUEUE_URL"), record, seconds);
  return true;
}

/** Publishes pending commits of the branch. Messages come one at a time; a schedule does the work of lost webhooks. */
export async function handler(event: SQSEvent | Tick | BuildEnded, context: Context): Promise<SQSBatchResponse | undefined> {
  const failed: SQSBatchResponse["batchItemFailures"] = [];
  const secondsLeft = (): number => context.getRemainingTimeInMillis() / 1000;
  try {
    await emptyTemporaryFolder();
    if ("tick" in event) {
      await tick({ store: openStore(), isForced: event.force === true, secondsLeft });
      return undefined;
    }
    if ("buildEnded" in event) {
      await continueAfterBuild(event, { store: openStore(), secondsLeft });
      return undefined;
    }
    for (const record of event.Records) {
      const { body, messageId } = record;
      // The queue is ordered: messages after a failed one wait for it.
      if (failed.length > 0) {
        failed.push({ itemIdentifier: messageId });
        continue;
      }
      try {
        const message = JSON.parse(body) as PublishMessage;
        logger.appendKeys({ commit: message.sha, delivery: message.delivery });
        await withForge((forge) => publishBranch(forge, message, { store: openStore(), secondsLeft }));
      } catch (error) {
        // Every failure is logged.
        logger.error("not published", errorFields(error));
        if (await isRetried(record)) failed.push({ itemIdentifier: messageId });
      }
      logger.resetKeys();
    }
    return { batchItemFailures: failed };
  } catch (error) {
    logger.error("not published", errorFields(error));
    throw error;
  } finally {
    publishMetrics();
  }
}
