import { isMainThread } from "node:worker_threads";
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { isIsolatedCheckThread, runIsolatedCheck } from "../../lib/adapters/threads/isolated-check.ts";
import { isSqlWorker, runSqlWorker } from "../../lib/adapters/threads/sql-worker.ts";
import { BUILD_LIMITS, FUNCTION_LIMITS } from "../../lib/contract/read-limits.ts";
import { ForgeError } from "../../lib/ports/forge-error.ts";
import { ForgeNotSetUpError } from "../../lib/ports/forge-not-set-up-error.ts";
import { errorFields } from "../error-fields.ts";
import { forgeFiles } from "../forge-files.ts";
import { hasLargeBuilds } from "../has-large-builds.ts";
import { logger } from "../logger.ts";
import type { CheckBuildEnded, ValidateMessage } from "../messages.ts";
import { publishMetrics } from "../metrics.ts";
import { INTERNAL_ERROR } from "../public-message.ts";
import { readStoredCatalogue } from "../read-stored-catalogue.ts";
import { redeliverAfter } from "../redeliver-after.ts";
import { setting } from "../setting.ts";
import { emptyTemporaryFolder, temporaryFolder } from "../temporary-folder.ts";
import { triesOf } from "../tries-of.ts";
import { type ForgeContext, keepForgeFiles, limitForgeRequests, withForge } from "../with-forge.ts";
import { BuildNotStartedError } from "./build-not-started-error.ts";
import type { CheckContext } from "./check-context.ts";
import { leaveCommitToBuild } from "./leave-commit-to-build.ts";
import { parseMessage } from "./parse-message.ts";
import { postpone } from "./postpone.ts";
import { refuseTooLarge } from "./refuse-too-large.ts";
import { reportBuild } from "./report-build.ts";
import { reportIncompleteCommit } from "./report-commit.ts";
import { TooLargeForFunctionError } from "./too-large-for-function-error.ts";
import { validateCommit } from "./validate-commit.ts";

// The bundle is also the program of two threads: one checks untrusted files, the other runs SQL checks.
if (!isMainThread && isIsolatedCheckThread()) await runIsolatedCheck();
if (isSqlWorker()) runSqlWorker();

/** Requests for files: the maximum per commit, and those reserved for publishing of the App's 5,000 an hour. */
limitForgeRequests({ maxRequests: 1_500, reservedRequests: 1_000 });
keepForgeFiles(forgeFiles);

const processor = new BatchProcessor(EventType.SQS);

/** Deliveries on which the check is tried. Of five in all (lib/infra/add-queue.ts), the last ones only report that it did not complete. */
const CHECK_TRIES = 3;

/**
 * Seconds until a failed message is redelivered, by its number of deliveries. The first delay is for commits that the forge does not find
 * yet. Later messages wait for the visibility timeout (lib/infra/add-queue.ts).
 */
const RETRY_SECONDS = [30, 300];

/** Maximum deliveries of a message (lib/infra/add-queue.ts). */
const ALL_TRIES = 5;

/**
 * Whether a message that failed for the last time is given up, not left to the dead letters: while the forge does not answer, or refuses the
 * App, ticks fail as well, which raises their alarm, and queue the commits of pull requests and merge groups again afterwards. Other causes
 * may be of this function only, such as a permission of its role.
 */
function isGivenUp(record: SQSRecord, error: unknown): boolean {
  if (triesOf(record) < ALL_TRIES || secondsOfLimit(error) !== undefined) return false;
  return error instanceof ForgeError || error instanceof ForgeNotSetUpError;
}

async function retrySoon(record: SQSRecord, error: unknown): Promise<void> {
  const seconds = RETRY_SECONDS[triesOf(record) - 1];
  if (seconds === undefined || error instanceof BuildNotStartedError) return;
  await redeliverAfter(setting("VALIDATE_QUEUE_URL"), record, seconds);
}

/** Options for checks in this function. If the deployment has builds, they check larger datasets. */
function functionCheckContext(secondsLeft: () => number): CheckContext {
  const context: CheckContext = {
    secondsLeft,
    limits: FUNCTION_LIMITS,
    deadlineSeconds: Number(process.env["CHECK_DEADLINE_SECONDS"] ?? 90),
    heapMB: 1_024,
    worker: new URL(import.meta.url),
    folder: temporaryFolder(),
    readCatalogue: readStoredCatalogue,
    log: (line, fields) => logger.warn(line, { ...fields }),
    onTooLarge: (_dataset, message) => {
      throw new TooLargeForFunctionError(message);
    },
  };
  return hasLargeBuilds() ? { ...context, limits: BUILD_LIMITS, functionLimits: FUNCTION_LIMITS } : refuseTooLarge(context);
}

const publicReason = (error: unknown): string => (error instanceof ForgeError ? error.publicMessage : INTERNAL_ERROR);

const secondsOfLimit = (error: unknown): number | undefined => (error instanceof ForgeError ? error.retryAfterSeconds : undefined);

/** Right after a push, the forge may not find the commit yet. */
const isFinal = (error: unknown, tries: number): boolean =>
  error instanceof ForgeError && (error.reason === "refused" || (error.reason === "missing" && tries > 1));

/** Throws if a later attempt may succeed. */
async function validateOrReport(
  context: ForgeContext,
  message: ValidateMessage | CheckBuildEnded,
  tries: number,
  secondsLeft: () => number,
): Promise<void> {
  // An invocation that runs out of time or memory reports nothing. The next delivery counts it.
  if (tries > CHECK_TRIES) {
    const why = `${CHECK_TRIES} attempts to check it did not succeed`;
    if (!("status" in message) && (await leaveCommitToBuild(context, message, why))) return;
    // Not counted: the deliveries may have been throttled, and errors of this function are counted (lib/infra/alarm-metrics.ts).
    return reportIncompleteCommit(context, message, why, false);
  }
  try {
    if ("status" in message) await reportBuild(context, message, tries);
    else await validateCommit(context, message, functionCheckContext(secondsLeft));
  } catch (error) {
    if (secondsOfLimit(error) !== undefined || (!isFinal(error, tries) && tries < CHECK_TRIES)) throw error;
    logger.error("the check did not complete", errorFields(error));
    await reportIncompleteCommit(context, message, publicReason(error));
  }
}

async function handleRecord(record: SQSRecord, context?: Context): Promise<void> {
  const { body, messageId } = record;
  const message = parseMessage(body, messageId);
  const { sha: commit, delivery } = message;
  logger.appendKeys({ commit, delivery, ...("pull" in message ? { pull: message.pull } : {}) });
  try {
    const secondsLeft = (): number => (context?.getRemainingTimeInMillis() ?? 60_000) / 1000;
    await withForge((forgeContext) => validateOrReport(forgeContext, message, triesOf(record), secondsLeft));
  } catch (error) {
    const seconds = secondsOfLimit(error);
    if (seconds !== undefined && (await postpone(body, seconds))) {
      logger.warn("postponed: the forge's limit of requests is used up", { seconds });
      return;
    }
    logger.error("no verdict", errorFields(error));
    if (isGivenUp(record, error)) {
      logger.warn("given up: ticks queue the commits of pull requests and merge groups again");
      return;
    }
    await retrySoon(record, error);
    throw error;
  } finally {
    logger.resetKeys();
  }
}

/** Checks commits of branches and pull requests, one per message. */
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
