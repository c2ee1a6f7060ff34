import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { ForgeError } from "../../lib/ports/forge.ts";
import { TooManyRequestsError, UnreadableSourceError } from "../../lib/ports/ports.ts";
import { neutralizeMentions } from "../../lib/release/neutralize-mentions.ts";
import { errorFields } from "../error-fields.ts";
import { hasLargeBuilds } from "../has-large-builds.ts";
import { logger } from "../logger.ts";
import type { ValidateMessage } from "../messages.ts";
import { metrics } from "../metrics.ts";
import { openStore } from "../open-store.ts";
import type { ForgeContext } from "../with-forge.ts";
import { type CommitReport, checkCommit } from "./check-commit.ts";
import { type CheckRun, refusingRun } from "./check-run.ts";
import { incompleteVerdict, inProgressVerdict } from "./check-verdict.ts";
import { LeftToBuildError } from "./left-to-build-error.ts";
import { checkRequestOf, requestCheckBuild } from "./request-check-build.ts";

/** Why a commit needs no check; undefined if it does. */
async function skipReason(
  { forge, branch }: ForgeContext,
  { sha, pull, branch: pushed, again }: ValidateMessage,
): Promise<string | undefined> {
  if (pull !== undefined) return (await forge.isCurrent(pull, sha)) ? undefined : "the pull request is closed or has a newer commit";
  if (pushed !== undefined && (await forge.hasOpenPull(pushed, branch, sha))) return "its pull request is checked";
  return again !== true && (await forge.hasVerdict(sha)) ? "it has a verdict" : undefined;
}

/** Maximum pull requests of one commit that get a comment: anybody may open more with the commit of somebody else. */
const MAX_COMMENTED = 5;

/** The verdict is written by then, and stands whatever becomes of the comment. */
async function comment({ forge }: ForgeContext, pull: number, sha: string, text: string): Promise<void> {
  try {
    await forge.comment(pull, `${neutralizeMentions(text)}\n\nFor ${sha}.`);
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    logger.warn("no comment", { pull, ...errorFields(error) });
  }
}

/** Reports the verdict on a commit, and writes what it would change on its pull requests. */
export async function reportCommit(
  context: ForgeContext,
  { sha, again }: { sha: string; again?: boolean },
  { verdict, comment: text, datasets }: CommitReport,
  pulls: readonly number[],
): Promise<void> {
  metrics.addMetric("Problems", MetricUnit.Count, verdict.problemCount);
  await context.forge.report(sha, "Factpress", verdict, again);
  for (const pull of pulls.slice(0, MAX_COMMENTED)) await comment(context, pull, sha, text);
  const { conclusion, problemCount: problems } = verdict;
  logger.info("verdict", { conclusion, problems, datasets });
}

/** Leaves a commit to a build, which reports it (report-build.ts). False where there are none, or none may read the repository. */
export async function leaveCommitToBuild(context: ForgeContext, message: ValidateMessage, why: string): Promise<boolean> {
  const { sha, again = false } = message;
  const request = hasLargeBuilds() ? await checkRequestOf(context.forge, new Date()) : undefined;
  if (!request) return false;
  const hasVerdict = await context.forge.hasVerdict(sha);
  const build = await requestCheckBuild(openStore(), sha, { ...request, again, hasVerdict });
  logger.info("a build checks it", { build, why });
  if (build === "requested") await context.forge.report(sha, "Factpress", inProgressVerdict, again);
  else if (build === "lost" && !hasVerdict) await reportIncompleteCommit(context, message, "The build that checked it never ended");
  return true;
}

/** Checks a commit and reports the verdict; undefined where it is left to a build. */
async function checkOrLeave(context: ForgeContext, message: ValidateMessage, run: CheckRun): Promise<CommitReport | undefined> {
  const { sha } = message;
  try {
    return await checkCommit(context, sha, run);
  } catch (error) {
    const isForBuild = error instanceof LeftToBuildError || (run.carries !== undefined && error instanceof TooManyRequestsError);
    if (!isForBuild) throw error;
    if (await leaveCommitToBuild(context, message, error.message)) return undefined;
    return await checkCommit(context, sha, refusingRun(run));
  }
}

/** Checks a commit and reports the verdict. */
export async function validateCommit(context: ForgeContext, message: ValidateMessage, run: CheckRun): Promise<void> {
  const { pull } = message;
  const skip = await skipReason(context, message);
  if (skip !== undefined) {
    logger.info(`skipped: ${skip}`);
    return;
  }
  try {
    const report = await checkOrLeave(context, message, run);
    if (report) await reportCommit(context, message, report, pull === undefined ? [] : [pull]);
  } catch (error) {
    // The commit as a whole cannot be read, such as a listing that the forge truncates.
    if (!(error instanceof UnreadableSourceError)) throw error;
    await reportIncompleteCommit(context, message, error.message);
  }
}

/**
 * Reports that a check did not complete, unless the commit has a verdict and nobody asked for another. Where not even that can be written, the
 * commit is gone or not ours to report on.
 */
export async function reportIncompleteCommit(
  context: ForgeContext,
  { sha, again }: { sha: string; again?: boolean },
  why: string,
): Promise<void> {
  try {
    if (!again && (await context.forge.hasVerdict(sha))) {
      logger.warn("its verdict stands", { why });
      return;
    }
    metrics.addMetric("Incomplete", MetricUnit.Count, 1);
    await context.forge.report(sha, "Factpress", incompleteVerdict(why), again);
    logger.warn("verdict", { conclusion: "failure", why });
  } catch (error) {
    if (!(error instanceof ForgeError && (error.reason === "refused" || error.reason === "missing"))) throw error;
    logger.error("no verdict can be written", { why, ...errorFields(error) });
  }
}
