import { logger } from "../logger.ts";
import type { BuildEnded } from "../messages.ts";
import { withForge } from "../with-forge.ts";
import { endLargeBuild } from "./large-build.ts";
import { type BranchRun, publishBranch } from "./publish-branch.ts";

/** Records the end of a build, reports on the commits that it published, and continues publishing. */
export async function continueAfterBuild({ buildEnded }: BuildEnded, run: BranchRun): Promise<void> {
  const request = await endLargeBuild(run.store, buildEnded);
  logger.info("a build ended", { status: buildEnded, ...(request ? { commit: request.tips.at(-1), datasets: request.datasets } : {}) });
  await withForge((context) => publishBranch(context, { delivery: "build" }, run));
}
