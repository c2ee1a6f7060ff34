import { plural } from "../../lib/contract/plural.ts";
import type { History, Store } from "../../lib/ports/ports.ts";
import { DamagedReleaseError } from "../../lib/publish/damaged-release-error.ts";
import { CatalogueError } from "../../lib/release/catalogue-error.ts";
import { projectDataset } from "../../lib/render/project-dataset.ts";
import { projectHome } from "../../lib/render/project-home.ts";
import { publishedDatasetNames } from "../../lib/render/published-dataset-names.ts";
import { RestoreError } from "../../lib/verify/restore-error.ts";
import { restoreReleases } from "../../lib/verify/restore-releases.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { findPresentDatasets } from "../find-present-datasets.ts";
import { GitContext } from "../git-context.ts";
import { endedHistory, openHistory } from "../open-history.ts";
import { openSigner } from "../open-signer.ts";
import { openStore } from "../open-store.ts";
import { out } from "../out.ts";
import { RUNTIME } from "../runtime.ts";
import type { PublishOptions } from "./publish.ts";
import { saveSiteOfDatasets } from "./save-site.ts";
import { signPublishedHead } from "./sign-published-head.ts";

interface Histories {
  datasets: DatasetFolder[];
  byName: Map<string, History>;
}

/** The histories of one dataset, or of all, including ended datasets that the store lists. */
async function historiesOf(nameOrPath: string | undefined, git: GitContext, store: Pick<Store, "get">): Promise<Histories> {
  const ended = nameOrPath === undefined ? undefined : await endedHistory(nameOrPath, git);
  if (nameOrPath !== undefined && ended) return { datasets: [], byName: new Map([[nameOrPath, ended]]) };
  const datasets = await findPresentDatasets(nameOrPath, git);
  const byName = new Map<string, History>();
  for (const dataset of datasets) byName.set(dataset.name, await openHistory(dataset, git));
  for (const name of nameOrPath === undefined ? await publishedDatasetNames(store) : []) {
    const history = byName.has(name) ? undefined : await endedHistory(name, git);
    if (history) byName.set(name, history);
  }
  return { datasets, byName };
}

/** Rebuilds the releases that a store has lost from git. */
export async function restore(nameOrPath: string | undefined, options: PublishOptions): Promise<number> {
  const { store, aliases } = await openStore(options.store, options.aliases);
  const git = new GitContext(options.branch);
  const histories = await historiesOf(nameOrPath, git, store);
  const signer = await openSigner(options.key);
  await saveSiteOfDatasets(histories.datasets, store, options);
  const whole: string[] = [];
  let failed = false;
  for (const [dataset, history] of histories.byName)
    try {
      const done = await restoreReleases({ dataset, store, ...signer }, { history, runtime: RUNTIME });
      if (done) {
        await projectDataset(store, aliases, dataset);
        whole.push(dataset);
      }
      out(`${dataset}  ${done ? `${done.restored} of ${plural(done.restored + done.whole, "release")} restored` : "has no release yet"}`);
    } catch (error) {
      // The other datasets are still restored.
      if (!(error instanceof RestoreError || error instanceof DamagedReleaseError || error instanceof CatalogueError)) throw error;
      out(`${dataset}  ${error.message}`);
      failed = true;
    }
  // If no dataset is complete, such as in a folder that is not a store, nothing is written.
  if (whole.length === 0) return failed ? 1 : 0;
  await projectHome(store, whole);
  await signPublishedHead({ store, ...signer });
  return failed ? 1 : 0;
}
