import { folderNames } from "../../lib/adapters/git/folder-names.ts";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import type { GitRepository } from "../../lib/adapters/git/git-repository.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import type { History } from "../../lib/ports/ports.ts";
import { publishDataset, publishEach } from "../../lib/publish/publish-dataset.ts";
import type { Published, PublishJob } from "../../lib/publish/publish-job.ts";
import { fillRecordLines } from "../../lib/render/fill-record-lines.ts";
import { signHead } from "../../lib/verify/sign-head.ts";
import { type DatasetFolder, findDatasets } from "../find-datasets.ts";
import { openHistory } from "../open-history.ts";
import { openSigner } from "../open-signer.ts";
import { openStore } from "../open-store.ts";
import { out } from "../out.ts";
import { findingsRefuse, printFindings } from "../print-findings.ts";
import { RUNTIME } from "../runtime.ts";
import { printPublishedBranches } from "./print-published-branches.ts";
import { saveSite, saveSiteOfDatasets } from "./save-site.ts";

export interface PublishOptions {
  store: string;
  branch?: string;
  key?: string;
  aliases?: string;
  url?: string;
  /** Readers may read the store as this bucket, `s3://NAME`. */
  readableBucket?: string;
  /** Release each commit that passes, even if a later one reverts it. */
  everyCommit?: boolean;
}

/** Publishes what the branch holds of each dataset, or the folder where there is no git. */
export async function publishAll(datasets: DatasetFolder[], options: PublishOptions): Promise<Map<string, Published>> {
  const { store, aliases } = await openStore(options.store, options.aliases);
  await saveSiteOfDatasets(datasets, store, options);
  const to = { store, aliases, planFirst: !options.everyCommit, ...(await openSigner(options.key)) };
  return publishNamed(new Map(datasets.map((dataset) => [dataset.name, () => openHistory(dataset, options.branch)])), to, options.url);
}

/** Publishes what a branch of a repository without a working folder holds: every dataset below a folder of its tip. */
export async function publishFrom(
  repository: GitRepository,
  { store: place, branch, data, url, everyCommit }: { store: string; branch: string; data: string; url?: string; everyCommit?: boolean },
): Promise<Map<string, Published>> {
  const { store, aliases } = await openStore(place);
  if (url !== undefined) await saveSite(store, url, repository, data);
  const ref = `refs/heads/${branch}`;
  const names = (await folderNames(repository, ref, data)).filter(isDatasetName);
  const histories = new Map(names.map((name) => [name, async () => gitHistory(repository, ref, `${data}/${name}`)]));
  return publishNamed(histories, { store, aliases, planFirst: !everyCommit, ...(await openSigner()) }, url);
}

type To = Pick<PublishJob, "store" | "aliases" | "signer" | "planFirst">;

/** The job of publishing one dataset from this machine. */
const publishJob = (name: string, history: History, to: To): PublishJob => ({
  dataset: name,
  history,
  ...to,
  runtime: RUNTIME,
});

/** The head does not expire unless a schedule renews it: the command line has none. */
export const signPublishedHead = async ({ store, signer }: Pick<To, "store" | "signer">): Promise<void> => {
  if (signer) await signHead({ store, signer, runtime: RUNTIME });
};

/** Publishes each, and throws the first failure. Releases from before the site had an address get their record lines. */
async function publishNamed(
  histories: ReadonlyMap<string, () => Promise<History>>,
  to: To,
  url: string | undefined,
): Promise<Map<string, Published>> {
  const { published, failures, headFailure } = await publishEach(
    to.store,
    [...histories.keys()],
    async (name) => {
      const history = await (histories.get(name) as () => Promise<History>)();
      const published = await publishOne(name, history, to);
      if (url !== undefined) await fillRecordLines(to.store, published.catalogue, { history, runtime: RUNTIME });
      return published;
    },
    (name, error) => out(`${name}  ${escapeControlChars(error.message)}`),
    () => signPublishedHead(to),
  );
  for (const failure of failures.values()) throw failure;
  if (headFailure) throw headFailure;
  return published;
}

async function publishOne(name: string, history: History, to: To): Promise<Published> {
  const published = await publishDataset(publishJob(name, history, to));
  printFindings(name, published);
  return published;
}

export async function publish(nameOrPath: string | undefined, options: PublishOptions): Promise<number> {
  const datasets = await findDatasets(nameOrPath);
  await printPublishedBranches(datasets, options.branch);
  const done = await publishAll(datasets, options);
  for (const [name, published] of done) {
    const newest = published.catalogue.releases[0];
    if (published.released.length === 0 && !findingsRefuse(published))
      out(`${name}  nothing new${newest ? `: ${newest.version} is the newest` : ""}`);
  }
  return [...done.values()].some(findingsRefuse) ? 1 : 0;
}
