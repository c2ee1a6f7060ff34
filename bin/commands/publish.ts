import type { GitRepository } from "../../lib/adapters/git/git-repository.ts";
import type { History } from "../../lib/ports/ports.ts";
import { findEndedPending } from "../../lib/publish/find-ended-pending.ts";
import { publishDataset } from "../../lib/publish/publish-dataset.ts";
import { datasetPublishFailures, publishEachDataset } from "../../lib/publish/publish-each-dataset.ts";
import type { Published, PublishJob } from "../../lib/publish/publish-job.ts";
import { type BranchDatasets, recordEnds } from "../../lib/publish/record-ends.ts";
import { fillRecordLines } from "../../lib/render/fill-record-lines.ts";
import { explainError, isDiskError } from "../explain-error.ts";
import { DATA, type DatasetFolder } from "../find-datasets.ts";
import { findPresentDatasets, NO_DATASET_LEFT } from "../find-present-datasets.ts";
import { findingsRefuse } from "../findings-refuse.ts";
import { GitContext } from "../git-context.ts";
import { openHistory } from "../open-history.ts";
import { openSigner } from "../open-signer.ts";
import { openStore } from "../open-store.ts";
import { out } from "../out.ts";
import { printFindings } from "../print-findings.ts";
import { RUNTIME } from "../runtime.ts";
import { UsageError } from "../usage-error.ts";
import { branchDatasets, branchDatasetsAround } from "./branch-datasets.ts";
import { printMissingContact } from "./print-missing-contact.ts";
import { printPublishedBranches } from "./print-published-branches.ts";
import { printUncommitted } from "./print-uncommitted.ts";
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
 * Which datasets to publish: only `named` ones; those `present` in the working folder, and the last commits of ended ones; or `all`, which
 * adds those that are only on the branch, such as with a sparse checkout.
 */
type Scope = "named" | "present" | "all";

interface PublishCall {
  git?: GitContext;
  scope?: Scope;
  /** Called for each dataset that was published or refused, also if another one failed. */
  onPublished?(name: string, published: Published): void;
}

/** Publishes the branch of each dataset, or its folder without git. Throws the first failure. */
export async function publishDatasets(
  datasets: DatasetFolder[],
  options: PublishOptions,
  { git = new GitContext(options.branch), scope = "present", onPublished }: PublishCall = {},
): Promise<Map<string, Published>> {
  const { store, aliases } = await openStore(options.store, options.aliases);
  await saveSiteOfDatasets(datasets, store, options);
  const target = await publishTarget({ store, aliases }, options);
  const histories = new Map(datasets.map((dataset) => [dataset.name, () => openHistory(dataset, git)]));
  const branch = await branchDatasetsAround(datasets, git);
  if (scope === "all" && branch)
    for (const name of branch.present.keys()) if (!histories.has(name)) histories.set(name, async () => branch.historyOf(name));
  return publishEach({ histories, branch, withEnded: scope !== "named", onPublished }, target);
}

/** Publishes a branch of a bare repository: every dataset in a folder of its tip. */
export async function publishBareRepository(
  repository: GitRepository,
  { branch, data, ...options }: { store: string; branch: string; data: string; url?: string; everyCommit?: boolean },
): Promise<Map<string, Published>> {
  const { store, aliases } = await openStore(options.store);
  if (options.url !== undefined) await saveSite(store, options.url, { repository, data });
  const found = await branchDatasets(repository, `refs/heads/${branch}`, data);
  const histories = new Map([...found.present.keys()].map((name) => [name, async () => found.historyOf(name)]));
  return publishEach({ histories, branch: found, withEnded: true }, await publishTarget({ store, aliases }, options));
}

/** Where and how to publish. */
interface PublishTarget {
  job: Pick<PublishJob, "store" | "aliases" | "signer" | "planFirst" | "runtime">;
  /** Whether pages link to lines in git, which needs an address of the site. */
  hasAddress: boolean;
}

const publishTarget = async (
  to: Pick<PublishJob, "store" | "aliases">,
  { url, key, everyCommit }: Pick<PublishOptions, "url" | "key" | "everyCommit">,
): Promise<PublishTarget> => ({
  job: { ...to, planFirst: !everyCommit, runtime: RUNTIME, ...(await openSigner(key)) },
  hasAddress: url !== undefined,
});

/** What to publish. */
interface Selected {
  histories: ReadonlyMap<string, () => Promise<History>>;
  /** All datasets of the branch; undefined without git. */
  branch: BranchDatasets | undefined;
  /** Include the last commits of datasets that the branch no longer contains. */
  withEnded: boolean;
  onPublished?: PublishCall["onPublished"];
}

/** Publishes each dataset and throws the first failure. Also adds missing record lines of older releases. */
async function publishEach(
  { histories, branch, withEnded, onPublished }: Selected,
  { job, hasAddress }: PublishTarget,
): Promise<Map<string, Published>> {
  const { store, aliases, runtime } = job;
  const each = await publishEachDataset(store, [...histories.keys()], {
    ...(branch && withEnded ? { findEnded: () => findEndedPending(store, branch, { isRecordedToo: true }) } : {}),
    async publish(name) {
      const history = (await histories.get(name)?.()) ?? (branch as BranchDatasets).historyOf(name);
      const published = await publishDataset({ ...job, dataset: name, history });
      printFindings(name, published);
      if (published.released.length > 0) await printMissingContact(store, published.catalogue);
      if (hasAddress) await fillRecordLines(store, published.catalogue, { history, runtime });
      return published;
    },
    // The failure of the only dataset is thrown below. Others, such as those of ended datasets, would be lost.
    logFailure: (name, error) => void ((histories.size === 1 && histories.has(name)) || out(`${name}  ${explainError(error).message}`)),
    ...(branch
      ? {
          async recordEnds(unfinished: ReadonlySet<string>) {
            // With named datasets only, ended datasets that still have unreleased commits are left to a later run.
            const left = withEnded ? [] : await findEndedPending(store, branch);
            await recordEnds({ store, aliases, log: runtime.log }, branch, new Set([...unfinished, ...left]));
          },
        }
      : {}),
    signHead: () => signPublishedHead(job),
  });
  const [failure, ...others] = datasetPublishFailures(each);
  // Failures of datasets are already logged. A full disk fails one step after the other.
  const isSameCause = (other: Error): boolean => other.message === failure?.message || (isDiskError(other) && isDiskError(failure));
  const unseen = others.filter((other) => ![...each.failures.values()].includes(other) && !isSameCause(other));
  for (const other of unseen) out(explainError(other).message);
  // Ended datasets cannot be corrected, so their findings are printed but do not affect the exit code.
  const published = new Map([...each.published].filter(([name]) => histories.has(name)));
  for (const [name, result] of published) onPublished?.(name, result);
  if (failure) throw failure;
  return published;
}

/** Prints that no dataset is left. Throws `UsageError` if the datasets are only missing in the working folder. */
async function printNoneLeft(git: GitContext): Promise<void> {
  const names = [...((await branchDatasetsAround([], git))?.present.keys() ?? [])];
  if (names.length > 0)
    throw new UsageError(
      `The published branch contains ${names.join(", ")}, but the folder ${DATA}/ here does not. Check out the branch; if this is a sparse checkout, add the folder to it.`,
    );
  out(NO_DATASET_LEFT);
}

export async function publish(nameOrPath: string | undefined, options: PublishOptions): Promise<number> {
  const git = new GitContext(options.branch);
  const datasets = await findPresentDatasets(nameOrPath, git);
  if (datasets.length === 0) await printNoneLeft(git);
  await printPublishedBranches(datasets, git);
  await printUncommitted(datasets, git);
  const done = await publishDatasets(datasets, options, { git, scope: nameOrPath === undefined ? "all" : "named" });
  for (const [name, published] of done) {
    const newest = published.catalogue.releases[0];
    if (published.released.length === 0 && !findingsRefuse(published))
      out(`${name}  nothing new${newest ? `: ${newest.version} is the newest` : ""}`);
  }
  return [...done.values()].some(findingsRefuse) ? 1 : 0;
}
