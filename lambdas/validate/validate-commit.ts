import { ForgeComparisonError } from "../../lib/ports/forge-comparison-error.ts";
import { TooManyRequestsError } from "../../lib/ports/too-many-requests-error.ts";
import { UnreadableSourceError } from "../../lib/ports/unreadable-source-error.ts";
import { logger } from "../logger.ts";
import type { ValidateMessage } from "../messages.ts";
import type { ForgeContext } from "../with-forge.ts";
import { type CommitReport, checkChangedDatasets } from "./check-changed-datasets.ts";
import type { CheckContext } from "./check-context.ts";
import { leaveCommitToBuild } from "./leave-commit-to-build.ts";
import { refuseTooLarge } from "./refuse-too-large.ts";
import { reportCommit, reportIncompleteCommit } from "./report-commit.ts";
import { TooLargeForFunctionError } from "./too-large-for-function-error.ts";

/** Why a commit needs no check; undefined if it does. */
async function skipReason(
  { forge, branch }: ForgeContext,
  { sha, pull, branch: pushed, again }: ValidateMessage,
): Promise<string | undefined> {
  if (pull !== undefined) return (await forge.isCurrent(pull, sha)) ? undefined : "the pull request is closed or has a newer commit";
  if (pushed !== undefined && (await forge.hasOpenPull(pushed, branch, sha))) return "its pull request is checked";
  return again !== true && (await forge.hasVerdict(sha)) ? "it has a verdict" : undefined;
}

/** Checks a commit; undefined if the check is left to a build. */
async function checkOrLeave(context: ForgeContext, message: ValidateMessage, check: CheckContext): Promise<CommitReport | undefined> {
  const { sha } = message;
  try {
    return await checkChangedDatasets(context, sha, check);
  } catch (error) {
    const isBeyondForge = error instanceof TooManyRequestsError || error instanceof ForgeComparisonError;
    const isForBuild = error instanceof TooLargeForFunctionError || (check.functionLimits !== undefined && isBeyondForge);
    if (!isForBuild) throw error;
    if (await leaveCommitToBuild(context, message, error.message)) return undefined;
    if (error instanceof ForgeComparisonError) throw error;
    return await checkChangedDatasets(context, sha, refuseTooLarge(check));
  }
}

/** Checks a commit and reports the verdict. */
export async function validateCommit(context: ForgeContext, message: ValidateMessage, check: CheckContext): Promise<void> {
  const { pull } = message;
  const skip = await skipReason(context, message);
  if (skip !== undefined) {
    logger.info(`skipped: ${skip}`);
    return;
  }
  try {
    const report = await checkOrLeave(context, message, check);
    if (report) await reportCommit(context, message, report, pull === undefined ? [] : [pull]);
  } catch (error) {
    // The commit cannot be read, for example because the forge truncates a listing.
    if (!(error instanceof UnreadableSourceError)) throw error;
    await reportIncompleteCommit(context, message, error.message);
  }
}
