import { setTimeout as sleep } from "node:timers/promises";
import { readLogStream } from "../../lib/adapters/aws/read-log-stream.ts";
import { logger } from "../logger.ts";
import type { CheckBuildEnded } from "../messages.ts";
import { openStore } from "../open-store.ts";
import { setting } from "../setting.ts";
import type { ForgeContext } from "../with-forge.ts";
import { BuildNotStartedError } from "./build-not-started-error.ts";
import type { CommitReport } from "./check-changed-datasets.ts";
import { parseResult } from "./parse-result.ts";
import { reportCommit, reportIncompleteCommit } from "./report-commit.ts";
import { repeatCheckBuildRequest } from "./request-check-build.ts";

/** Waits for the last lines of a log, which may arrive after the event for the end of the build. */
const WAITS_MS = [0, 2_000, 5_000, 10_000, 20_000];

async function resultOf({ sha, log }: CheckBuildEnded): Promise<CommitReport | undefined> {
  if (log === undefined) return undefined;
  for (const wait of WAITS_MS) {
    await sleep(wait);
    const report = parseResult(await readLogStream(setting("CHECK_LOG_GROUP"), log), sha);
    if (report) return report;
  }
  return undefined;
}

const SUPERSEDED = "It is no longer the newest commit of an open pull request, a branch or a merge queue, so no build checks it";

/** Whether the check of a commit is still needed: it is the tip of a branch, an open pull request or a merge queue. */
async function isStillNewest({ forge, branch }: ForgeContext, sha: string): Promise<boolean> {
  return (await forge.isBranchTip(sha)) || (await forge.overview(branch)).pulls.some((pull) => pull.sha === sha);
}

async function restartBuild(context: ForgeContext, ended: CheckBuildEnded, tries: number): Promise<void> {
  if (!(await isStillNewest(context, ended.sha))) return reportIncompleteCommit(context, ended, SUPERSEDED);
  if (tries === 1) throw new BuildNotStartedError("No build could be started yet: builds that check commits run one at a time");
  if (await repeatCheckBuildRequest(openStore(), ended.sha, new Date())) return;
  await reportIncompleteCommit(context, ended, "No check build could start in time");
}

/** Whether this stack's rule started the build. A build started by anyone else may print any result. */
function isStartedByRule({ status, initiator }: CheckBuildEnded): boolean {
  const expected = `rule/${setting("CHECK_RULE")}`;
  if (status === "NOT_STARTED" || initiator === expected) return true;
  logger.error("refused: the build was not started by this stack's rule", { initiator: initiator ?? "missing", expected });
  return false;
}

/** Reports the result of a build. The commit comes from AWS's event, only the findings from the log. */
export async function reportBuild(context: ForgeContext, ended: CheckBuildEnded, tries: number): Promise<void> {
  const { sha, status } = ended;
  if (!isStartedByRule(ended)) return;
  logger.info("a build ended", { status });
  if (status === "NOT_STARTED") return restartBuild(context, ended, tries);
  const report = status === "SUCCEEDED" ? await resultOf(ended) : undefined;
  if (!report) {
    const why = status === "SUCCEEDED" ? "The check build returned no result" : `The check build ended with ${status}`;
    return reportIncompleteCommit(context, ended, (await isStillNewest(context, sha)) ? why : SUPERSEDED);
  }
  const { pulls } = await context.forge.overview(context.branch);
  const numbers = pulls.filter((pull) => pull.sha === sha).map(({ number }) => number);
  await reportCommit(context, ended, report, numbers);
}
