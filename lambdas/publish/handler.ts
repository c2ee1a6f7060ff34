import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { isSqlWorker, runSqlWorker } from "../../lib/adapters/threads/sql-worker.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import type { BuildEnded, PublishMessage, Tick } from "../messages.ts";
import { publishMetrics } from "../metrics.ts";
import { openStore } from "../open-store.ts";
import { emptyTemporaryFolder } from "../temporary-folder.ts";
import { withForge } from "../with-forge.ts";
import { continueAfterBuild } from "./continue-after-build.ts";
import { publishBranch } from "./publish-branch.ts";
import { tick } from "./tick.ts";

// The bundle is also the program of the thread that SQL checks run in.
if (isSqlWorker()) runSqlWorker();

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
    for (const { body, messageId } of event.Records) {
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
        // Every failure is logged; the message is retried.
        logger.error("not published", errorFields(error));
        failed.push({ itemIdentifier: messageId });
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
