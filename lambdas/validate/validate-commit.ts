import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { ForgeError } from "../../lib/ports/forge.ts";
import { UnreadableSourceError } from "../../lib/ports/ports.ts";
import { neutralizeMentions } from "../../lib/release/neutralize-mentions.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import type { ValidateMessage } from "../messages.ts";
import { metrics } from "../metrics.ts";
import type { ForgeContext } from "../with-forge.ts";
import { type Comparison, checkDatasets, checkInnerCommits, type SecondsLeft, touchedDatasets } from "./check-datasets.ts";
import { type CheckedDataset, checkVerdict, incompleteVerdict } from "./check-verdict.ts";
import { commentText } from "./comment-text.ts";
import { innerCommits } from "./inner-commits.ts";
import { isRebaseOnly, rebaseNote } from "./rebase-note.ts";

/** Why a commit needs no check; undefined if it does. */
async function skipReason(
  { forge, branch }: ForgeContext,
  { sha, pull, branch: pushed, again }: ValidateMessage,
): Promise<string | undefined> {
  if (pull !== undefined) return (await forge.isCurrent(pull, sha)) ? undefined : "the pull request is closed or has a newer commit";
  if (pushed !== undefined && (await forge.hasOpenPull(pushed, branch, sha))) return "its pull request is checked";
  return again !== true && (await forge.hasVerdict(sha)) ? "it has a verdict" : undefined;
}

/** The conversation may be locked: then only the verdict is reported. */
async function comment({ forge }: ForgeContext, pull: number, sha: string, text: string): Promise<void> {
  try {
    await forge.comment(pull, `${neutralizeMentions(text)}\n\nFor ${sha}.`);
  } catch (error) {
    if (!(error instanceof ForgeError && (error.reason === "refused" || error.reason === "missing"))) throw error;
    logger.warn("no comment", errorFields(error));
  }
}

/** The trees that are compared: the commit's, and that of the newest commit that it shares with the published branch. */
async function comparisonOf({ forge, branch }: ForgeContext, sha: string): Promise<Comparison & { mergeBase: string | undefined }> {
  const { tree } = await forge.commit(sha);
  const mergeBase = await forge.mergeBase(branch, sha);
  return { tree, mergeBase, base: mergeBase === undefined ? null : (await forge.commit(mergeBase)).tree };
}

interface Checked {
  datasets: CheckedDataset[];
  /** On merging by rebase. */
  note?: string | undefined;
}

/** A function of the commit and its merge base alone: a push, a pull request and a merge queue come to the same verdict. */
async function checkCommit(context: ForgeContext, sha: string, secondsLeft: SecondsLeft): Promise<Checked> {
  const { mergeBase, ...comparison } = await comparisonOf(context, sha);
  const touched = await touchedDatasets(context, comparison);
  if (touched.length === 0) return { datasets: [] };
  const datasets = await checkDatasets(context, touched, comparison, secondsLeft);
  const methods = await context.forge.mergeMethods();
  const commits = await innerCommits(context.forge, sha, mergeBase);
  if (isRebaseOnly(methods)) datasets.push(...(await checkInnerCommits(context, touched, commits, secondsLeft)));
  return { datasets, note: rebaseNote(methods, commits?.length) };
}

/** Checks a commit and reports the verdict. */
export async function validateCommit(context: ForgeContext, message: ValidateMessage, secondsLeft: SecondsLeft): Promise<void> {
  const { sha, pull, again } = message;
  const skip = await skipReason(context, message);
  if (skip !== undefined) {
    logger.info(`skipped: ${skip}`);
    return;
  }
  let checked: Checked;
  try {
    checked = await checkCommit(context, sha, secondsLeft);
  } catch (error) {
    // The commit as a whole cannot be read, such as a listing that the forge truncates.
    if (!(error instanceof UnreadableSourceError)) throw error;
    await reportIncompleteCommit(context, message, error.message);
    return;
  }
  const verdict = checkVerdict(checked.datasets, context.dataFolder);
  if (checked.note !== undefined) verdict.summary = [verdict.summary, checked.note].filter(Boolean).join("\n\n");
  metrics.addMetric("Problems", MetricUnit.Count, verdict.problemCount);
  await context.forge.report(sha, "Factpress", verdict, again);
  if (pull !== undefined) await comment(context, pull, sha, commentText(checked.datasets));
  const { conclusion, problemCount: problems } = verdict;
  logger.info("verdict", { conclusion, problems, datasets: checked.datasets.map(({ dataset }) => dataset) });
}

/** Reports that a check did not complete. Where not even that can be written, the commit is gone or not ours to report on. */
export async function reportIncompleteCommit(context: ForgeContext, { sha, again }: ValidateMessage, why: string): Promise<void> {
  metrics.addMetric("Incomplete", MetricUnit.Count, 1);
  try {
    await context.forge.report(sha, "Factpress", incompleteVerdict(why), again);
    logger.warn("verdict", { conclusion: "failure", why });
  } catch (error) {
    if (!(error instanceof ForgeError && (error.reason === "refused" || error.reason === "missing"))) throw error;
    logger.error("no verdict can be written", { why, ...errorFields(error) });
  }
}
