import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { ForgeError } from "../../lib/ports/forge-error.ts";
import { neutralizeMentions } from "../../lib/release/neutralize-mentions.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import { metrics } from "../metrics.ts";
import type { ForgeContext } from "../with-forge.ts";
import type { CommitReport } from "./check-changed-datasets.ts";
import { incompleteVerdict } from "./check-verdict.ts";

/** Maximum pull requests of one commit that get a comment. Anyone can open more with someone else's commit. */
const MAX_COMMENTED = 5;

/** A failed comment is only logged, because the verdict has been written. */
async function comment({ forge }: ForgeContext, pull: number, sha: string, text: string): Promise<void> {
  try {
    await forge.comment(pull, `${neutralizeMentions(text)}\n\nFor ${sha}.`);
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    logger.warn("no comment", { pull, ...errorFields(error) });
  }
}

/** Reports the verdict on a commit, and comments on its pull requests. */
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

/**
 * Reports that a check did not complete, unless the commit has a verdict and no rerun was requested. If the forge refuses the report, an
 * alarm is raised; if the commit was deleted, it is only logged. `isCounted`: for the alarm of checks that did not complete.
 */
export async function reportIncompleteCommit(
  context: ForgeContext,
  { sha, again }: { sha: string; again?: boolean },
  why: string,
  isCounted = true,
): Promise<void> {
  try {
    if (!again && (await context.forge.hasVerdict(sha))) {
      logger.warn("its verdict is kept", { why });
      return;
    }
    await context.forge.report(sha, "Factpress", incompleteVerdict(why, context.forge.retryHint), again);
    // Counted as a refused report only, so that one cause raises one alarm.
    if (isCounted) metrics.addMetric("Incomplete", MetricUnit.Count, 1);
    logger.warn("verdict", { conclusion: "failure", why });
  } catch (error) {
    if (!(error instanceof ForgeError && (error.reason === "refused" || error.reason === "missing"))) throw error;
    if (error.reason === "refused") metrics.addMetric("RefusedVerdicts", MetricUnit.Count, 1);
    logger.error("no verdict can be written", { why, ...errorFields(error) });
  }
}
