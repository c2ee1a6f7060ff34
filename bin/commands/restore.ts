import { plural } from "../../lib/contract/plural.ts";
import { projectDataset } from "../../lib/render/project-dataset.ts";
import { projectHome } from "../../lib/render/project-home.ts";
import { restoreReleases } from "../../lib/verify/restore-releases.ts";
import { findDatasets } from "../find-datasets.ts";
import { GitContext } from "../git-context.ts";
import { openHistory } from "../open-history.ts";
import { openSigner } from "../open-signer.ts";
import { openStore } from "../open-store.ts";
import { out } from "../out.ts";
import { RUNTIME } from "../runtime.ts";
import type { PublishOptions } from "./publish.ts";
import { saveSiteOfDatasets } from "./save-site.ts";
import { signPublishedHead } from "./sign-published-head.ts";

/** Rebuilds from git the releases that a store has lost. */
export async function restore(nameOrPath: string | undefined, options: PublishOptions): Promise<number> {
  const { store, aliases } = await openStore(options.store, options.aliases);
  const datasets = await findDatasets(nameOrPath);
  const signer = await openSigner(options.key);
  await saveSiteOfDatasets(datasets, store, options);
  for (const dataset of datasets) {
    const rebuilding = { history: await openHistory(dataset, new GitContext(options.branch)), runtime: RUNTIME };
    const { restored, whole } = await restoreReleases({ dataset: dataset.name, store, ...signer }, rebuilding);
    await projectDataset(store, aliases, dataset.name);
    out(`${dataset.name}  ${restored} of ${plural(restored + whole, "release")} restored`);
  }
  await projectHome(
    store,
    datasets.map(({ name }) => name),
  );
  await signPublishedHead({ store, ...signer });
  return 0;
}
