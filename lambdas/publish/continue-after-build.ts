import { randomUUID } from "node:crypto";
import type { Store } from "../../lib/ports/ports.ts";
import { logger } from "../logger.ts";
import type { BuildEnded } from "../messages.ts";
import { endLargeBuild } from "./large-build.ts";
import { queuePublishRun } from "./queue-publish-run.ts";

/** Records the end of a build, and queues a run that reports on the published commits and continues publishing. */
export async function continueAfterBuild({ buildEnded, at }: BuildEnded, store: Store): Promise<void> {
  const request = await endLargeBuild(store, buildEnded, at);
  logger.info("a build ended", { status: buildEnded, ...(request ? { commit: request.tips.at(-1), datasets: request.datasets } : {}) });
  await queuePublishRun({ delivery: `build-${randomUUID()}` });
}
