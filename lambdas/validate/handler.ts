import { isMainThread } from "node:worker_threads";
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { isIsolated, runIsolated } from "../../lib/adapters/threads/isolated-check.ts";
import { isSqlThread, runSqlThread } from "../../lib/adapters/threads/sql-worker.ts";
import { ForgeError } from "../../lib/ports/forge.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import type { ValidateMessage } from "../messages.ts";
import { publishMetrics } from "../metrics.ts";
import { emptyTemporaryFolder } from "../temporary-folder.ts";
import { type ForgeContext, limitForgeRequests, withForge } from "../with-forge.ts";
import type { SecondsLeft } from "./check-datasets.ts";
import { reportIncompleteCommit, validateCommit } from "./validate-commit.ts";

// The bundle is also the program of two threads: the one that checks strangers' files, and the one that runs their SQL.
if (!isMainThread && isIsolated()) await runIsolated();
if (isSqlThread()) runSqlThread();

/** Maximum requests for files of one commit; the App has 5,000 an hour for all of them. */
limitForgeRequests(1_500);

const processor = new BatchProcessor(EventType.SQS);

/** The queue hands a message out five times (lib/infra/add-queue.ts); the last ones are for the verdict that the check did not complete. */
const CHECK_TRIES = 3;

const publicReason = (error: unknown): string =>
  error instanceof ForgeError ? error.publicMessage : "An internal error; the logs of the function have more";

/** Fails where a later try may succeed. */
async function validateOrReport(context: ForgeContext, message: ValidateMessage, tries: number, secondsLeft: SecondsLeft): Promise<void> {
  // An invocation that runs out of time or memory says nothing: the next try counts it.
  if (tries > CHECK_TRIES) return reportIncompleteCommit(context, message, `it was tried ${CHECK_TRIES} times, without a result`);
  try {
    await validateCommit(context, message, secondsLeft);
  } catch (error) {
    const isFinal = error instanceof ForgeError && (error.reason === "refused" || error.reason === "missing");
    if (!isFinal && tries < CHECK_TRIES) throw error;
    logger.error("the check did not complete", errorFields(error));
    await reportIncompleteCommit(context, message, publicReason(error));
  }
}

async function handleRecord({ body, attributes }: SQSRecord, context?: Context): Promise<void> {
  const message = JSON.parse(body) as ValidateMessage;
  logger.appendKeys({ commit: message.sha, delivery: message.delivery, ...(message.pull === undefined ? {} : { pull: message.pull }) });
  try {
    const secondsLeft = (): number => (context?.getRemainingTimeInMillis() ?? 60_000) / 1000;
    const tries = Number(attributes.ApproximateReceiveCount ?? 1);
    await withForge((forgeContext) => validateOrReport(forgeContext, message, tries, secondsLeft));
  } catch (error) {
    logger.error("no verdict", errorFields(error));
    throw error;
  } finally {
    logger.resetKeys();
  }
}

/** Checks commits of branches and pull requests, one message a commit. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  try {
    await emptyTemporaryFolder();
    return await processPartialResponse(event, handleRecord, processor, {
      context,
      throwOnFullBatchFailure: false,
      processInParallel: false,
    });
  } finally {
    publishMetrics();
  }
}
