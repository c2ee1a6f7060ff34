import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { BUILD_LIMITS, FUNCTION_LIMITS } from "../../lib/contract/read-limits.ts";
import type { History, Store } from "../../lib/ports/ports.ts";
import { findEndedPending } from "../../lib/publish/find-ended-pending.ts";
import { publishDataset } from "../../lib/publish/publish-dataset.ts";
import { publishEachDataset } from "../../lib/publish/publish-each-dataset.ts";
import type { Published } from "../../lib/publish/publish-job.ts";
import { recordEnds } from "../../lib/publish/record-ends.ts";
import { writeSite } from "../../lib/render/site.ts";
import { boundedSourceHistory } from "../bounded-source.ts";
import { errorFields } from "../error-fields.ts";
import { hasLargeBuilds } from "../has-large-builds.ts";
import { logger } from "../logger.ts";
import { openSigner } from "../open-signer.ts";
import { setting } from "../setting.ts";
import { sourcesOf } from "../sources-of.ts";
import type { ForgeContext } from "../with-forge.ts";
import { isForBuild } from "./is-for-build.ts";
import { openAliases } from "./open-aliases.ts";
import type { Outcomes } from "./publish-verdict.ts";
import { renewHead } from "./renew-head.ts";
import { RUNTIME } from "./runtime.ts";

/** Maximum releases of a dataset per run, well within the function's timeout. The next run continues. */
const MAX_RELEASES = 10;

/** The time of a run. */
export interface RunTime {
  /** The run has to end soon, or may ask the forge for little more. */
  isOutOfTime(): boolean;
  /** Seconds for fetching files. */
  secondsLeft(): number;
}

/** Publishes every dataset of the branch. */
export async function publishAll(
  { forge, branch, dataFolder }: ForgeContext,
  store: Store,
  { isOutOfTime, secondsLeft }: RunTime,
): Promise<Outcomes & { tip: string }> {
  const aliases = openAliases();
  const tip = await forge.tip(branch);
  const { tree } = await forge.commit(tip);
  const repository = { url: forge.webUrl, data: dataFolder, ...(forge.links ? { links: forge.links } : {}) };
  await writeSite(store, { url: setting("SITE_URL"), repository });
  // Folders with other names are not datasets, because the name is part of URLs.
  const names = [...(await forge.folderIds(tree, dataFolder)).keys()].filter(isDatasetName);
  const limits = hasLargeBuilds() ? BUILD_LIMITS : FUNCTION_LIMITS;
  const historyOf = (dataset: string): History =>
    boundedSourceHistory(forge.history(branch, `${dataFolder}/${dataset}`, limits, { secondsLeft }), FUNCTION_LIMITS);
  const datasets = { present: sourcesOf({ forge, dataFolder }, tree, names, limits), historyOf };
  const publishOne = async (dataset: string): Promise<Published> => {
    logger.appendKeys({ dataset });
    try {
      return await publishDataset({
        dataset,
        history: historyOf(dataset),
        store,
        aliases,
        runtime: RUNTIME,
        signer: await openSigner(),
        maxReleases: MAX_RELEASES,
        isOutOfTime,
      });
    } finally {
      // Later log lines are about another dataset or none.
      logger.removeKeys(["dataset"]);
    }
  };
  const logFailure = (dataset: string, error: Error): void => {
    if (isForBuild(error)) logger.info("left to a build", { dataset, why: error.message });
    else logger.error("not published", { dataset, ...errorFields(error) });
  };
  const outcomes = await publishEachDataset(store, names, {
    findEnded: () => findEndedPending(store, datasets),
    publish: publishOne,
    logFailure,
    recordEnds: (unfinished) => recordEnds({ store, aliases, log: RUNTIME.log }, datasets, unfinished),
    signHead: () => renewHead(store),
  });
  return { ...outcomes, tip };
}
