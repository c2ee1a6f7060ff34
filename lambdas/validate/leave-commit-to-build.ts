import { hasLargeBuilds } from "../has-large-builds.ts";
import { logger } from "../logger.ts";
import type { ValidateMessage } from "../messages.ts";
import { openStore } from "../open-store.ts";
import type { ForgeContext } from "../with-forge.ts";
import { inProgressVerdict } from "./check-verdict.ts";
import { reportIncompleteCommit } from "./report-commit.ts";
import { requestCheckBuild, requestedCheckBuild } from "./request-check-build.ts";

/**
 * Requests a build that checks a commit (report-build.ts reports its result). False if the deployment has no builds or the repository is
 * private.
 */
export async function leaveCommitToBuild(context: ForgeContext, message: ValidateMessage, why: string): Promise<boolean> {
  const { sha, again = false } = message;
  const request = hasLargeBuilds() ? await requestedCheckBuild(context.forge, new Date()) : undefined;
  if (!request) return false;
  const hasVerdict = await context.forge.hasVerdict(sha);
  const build = await requestCheckBuild(openStore(), sha, { ...request, again, hasVerdict });
  logger.info("a build checks it", { build, why });
  if (build === "requested") await context.forge.report(sha, "Factpress", inProgressVerdict, again);
  else if (build === "lost" && !hasVerdict) await reportIncompleteCommit(context, message, "The check build timed out");
  return true;
}
