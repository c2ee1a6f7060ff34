import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import { folderNames } from "../../lib/adapters/git/folder-names.ts";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import type { GitRepository } from "../../lib/adapters/git/git-repository.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import type { History } from "../../lib/ports/ports.ts";
import { findEndedPending } from "../../lib/publish/find-ended-pending.ts";
import { datasetPublishFailures, publishDataset, publishEachDataset } from "../../lib/publish/publish-dataset.ts";
import type { Published, PublishJob } from "../../lib/publish/publish-job.ts";
import { type BranchDatasets, recordEnds } from "../../lib/publish/record-ends.ts";
import { fillRecordLines } from "../../lib/render/fill-record-lines.ts";
import { DATA, type DatasetFolder } from "../find-datasets.ts";
import { datasetsFolderIn, findPresentDatasets, NO_DATASET_LEFT } from "../find-present-datasets.ts";
import { findingsRefuse } from "../findings-refuse.ts";
import { GitContext } from "../git-context.ts";
import { openHistory } from "../open-history.ts";
import { openSigner } from "../open-signer.ts";
import { openStore } from "../open-store.ts";
import { out } from "../out.ts";
import { printFindings } from "../print-findings.ts";
import { RUNTIME } from "../runtime.ts";
import { UsageError } from "../usage-error.ts";
import { printPublishedBranches } from "./print-published-branches.ts";
import { saveSite, saveSiteOfDatasets } from "./save-site.ts";
import { signPublishedHead } from "./sign-published-head.ts";

export interface PublishOptions {
  store: string;
  branch?: string;
  key?: string;
  aliases?: string;
  url?: string;
  /** The public name of the store, `s3://NAME`; false removes it. */
  readableBucket?: string | false;
  /** Release each commit that passes, even if a later one reverts it. */
  everyCommit?: boolean;
}

/**
 * Which datasets to publish: only the `named` ones; those `present` in the working folder, and the last commits of those that ended; or `all`,
 * also those that the branch has and the working folder lacks, such as in a sparse checkout.
 */
type Scope = "named" | "present" | "all";

/** Publishes the branch of each dataset, or the folder if there is no git. */
export async function publishDatasets(
  datasets: DatasetFolder[],
  options: PublishOptions,
  git = new GitContext(options.branch),
  scope: Scope = "present",
): Promise<Map<string, Published>> {
  const { store, aliases } = await openStore(options.store, options.aliases);
  await saveSiteOfDatasets(datasets, store, options);
  const to = { store, aliases, planFirst: !options.everyCommit, ...(await openSigner(options.key)) };
  const histories = new Map(datasets.map((dataset) => [dataset.name, () => openHistory(dataset, git)]));
  const branch = await branchAround(datasets, git);
  if (scope === "all" && branch)
    for (const name of branch.present.keys()) if (!histories.has(name)) histories.set(name, async () => branch.historyOf(name));
  return publishEach(histories, to, options.url, { branch, isNamed: scope === "named" });
}

/** The datasets in a folder of a branch. */
async function branchDatasets(repository: GitRepository, ref: string, data: string): Promise<BranchDatasets> {
  const commit = (await repository.git("rev-parse", "--verify", `${ref}^{commit}`)).trim();
  const names = (await folderNames(repository, commit, data)).filter(isDatasetName);
  const at = (name: string): string => (data === "" ? name : `${data}/${name}`);
  return {
    present: new Map(names.map((name) => [name, commitSource(repository, commit, at(name))])),
    historyOf: (name) => gitHistory(repository, commit, at(name)),
  };
}

/** The published branch of the repository around datasets, or around the current folder if there is none; undefined without git. */
async function branchAround([first]: readonly DatasetFolder[], git: GitContext): Promise<BranchDatasets | undefined> {
  if (!first) {
    const around = await git.publishedRepositoryOf(process.cwd());
    return around && branchDatasets(around.repository, around.branch.ref, datasetsFolderIn(around.path));
  }
  const found = await git.publishedRepositoryOf(first.folder);
  // If a repository is itself a dataset, it contains no others.
  if (!found || found.path === "") return undefined;
  return branchDatasets(found.repository, found.branch.ref, found.path.split("/").slice(0, -1).join("/"));
}

/** Publishes a branch of a repository without a working folder: every dataset below a folder of its tip. */
export async function publishFrom(
  repository: GitRepository,
  {
    store: storeAddress,
    branch,
    data,
    url,
    everyCommit,
  }: { store: string; branch: string; data: string; url?: string; everyCommit?: boolean },
): Promise<Map<string, Published>> {
  const { store, aliases } = await openStore(storeAddress);
  if (url !== undefined) await saveSite(store, url, { repository, data });
  const ref = `refs/heads/${branch}`;
  const found = await branchDatasets(repository, ref, data);
  const histories = new Map([...found.present.keys()].map((name) => [name, async () => found.historyOf(name)]));
  return publishEach(histories, { store, aliases, planFirst: !everyCommit, ...(await openSigner()) }, url, { branch: found });
}

type PublishTarget = Pick<PublishJob, "store" | "aliases" | "signer" | "planFirst">;

/** The job to publish one dataset from this machine. */
const publishJob = (name: string, history: History, to: PublishTarget): PublishJob => ({
  dataset: name,
  history,
  ...to,
  runtime: RUNTIME,
});

/** Publishes each dataset, and throws the first failure. Also adds missing record lines of older releases. */
async function publishEach(
  histories: ReadonlyMap<string, () => Promise<History>>,
  to: PublishTarget,
  url: string | undefined,
  { branch, isNamed = false }: { branch: BranchDatasets | undefined; isNamed?: boolean },
): Promise<Map<string, Published>> {
  const { store, aliases } = to;
  const each = await publishEachDataset(to.store, [...histories.keys()], {
    ...(branch && !isNamed ? { findEnded: () => findEndedPending(store, branch, { isRecordedToo: true }) } : {}),
    async publish(name) {
      const history = (await histories.get(name)?.()) ?? (branch as BranchDatasets).historyOf(name);
      const published = await publishOne(name, history, to);
      if (url !== undefined) await fillRecordLines(to.store, published.catalogue, { history, runtime: RUNTIME });
      return published;
    },
    logFailure: (name, error) => out(`${name}  ${escapeControlChars(error.message)}`),
    ...(branch
      ? {
          async recordEnds(unfinished: ReadonlySet<string>) {
            // Their end is recorded once a run without a name has released their last commits.
            const left = isNamed ? await findEndedPending(store, branch) : [];
            await recordEnds({ store, aliases, log: RUNTIME.log }, branch, new Set([...unfinished, ...left]));
          },
        }
      : {}),
    signHead: () => signPublishedHead(to),
  });
  for (const failure of datasetPublishFailures(each)) throw failure;
  // Those that ended cannot be corrected: what was found in them is printed, and is no result of the command.
  return new Map([...each.published].filter(([name]) => histories.has(name)));
}

async function publishOne(name: string, history: History, to: PublishTarget): Promise<Published> {
  const published = await publishDataset(publishJob(name, history, to));
  printFindings(name, published);
  return published;
}

/** Throws `UsageError` if only the working folder lacks the datasets. */
async function printNoneLeft(git: GitContext): Promise<void> {
  const names = [...((await branchAround([], git))?.present.keys() ?? [])];
  if (names.length > 0)
    throw new UsageError(`The published branch contains ${names.join(", ")}, but the folder ${DATA}/ here does not. Check out the branch.`);
  out(NO_DATASET_LEFT);
}

export async function publish(nameOrPath: string | undefined, options: PublishOptions): Promise<number> {
  const git = new GitContext(options.branch);
  const datasets = await findPresentDatasets(nameOrPath, git);
  if (datasets.length === 0) await printNoneLeft(git);
  await printPublishedBranches(datasets, git);
  const done = await publishDatasets(datasets, options, git, nameOrPath === undefined ? "all" : "named");
  for (const [name, published] of done) {
    const newest = published.catalogue.releases[0];
    if (published.released.length === 0 && !findingsRefuse(published))
      out(`${name}  nothing new${newest ? `: ${newest.version} is the newest` : ""}`);
  }
  return [...done.values()].some(findingsRefuse) ? 1 : 0;
}
