import { fileSigner } from "../../lib/adapters/folder/file-signer.ts";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { folderHistory, folderNames, gitHistory } from "../../lib/adapters/git/git-history.ts";
import { type GitRepository, originUrl } from "../../lib/adapters/git/git-repository.ts";
import { branchName, type PublishedBranch, rememberPublishedBranch } from "../../lib/adapters/git/published-branch.ts";
import { readDataset } from "../../lib/check/check-dataset.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import type { History, Signer, Store } from "../../lib/ports/ports.ts";
import { publishDataset, publishEach } from "../../lib/publish/publish-dataset.ts";
import type { Published, PublishJob } from "../../lib/publish/publish-job.ts";
import { removeRelease } from "../../lib/publish/remove-release.ts";
import { projectDataset, projectHome } from "../../lib/render/project-dataset.ts";
import { fillRecordLines } from "../../lib/render/put-record-lines.ts";
import { writeSite } from "../../lib/render/site.ts";
import { restoreReleases } from "../../lib/verify/restore-releases.ts";
import { signHead } from "../../lib/verify/sign-head.ts";
import { type DatasetFolder, findDatasets, UsageError } from "../find-datasets.ts";
import { openStore, publishedPlace, repositoryOf } from "../places.ts";
import { isRefused, printFindings } from "../print-findings.ts";
import { RUNTIME } from "../runtime.ts";
import { out, plural } from "../terminal.ts";

export interface PublishOptions {
  store: string;
  branch?: string;
  key?: string;
  aliases?: string;
  url?: string;
  /** Release each commit that passes, even if a later one reverts it. */
  everyCommit?: boolean;
}

export async function historyOf({ folder }: DatasetFolder, branch?: string): Promise<History> {
  const found = await publishedPlace(folder, branch);
  if (found) return gitHistory(found.repository, found.branch.ref, found.path);
  const source = folderSource(folder);
  return folderHistory(source, (await readDataset(source)).dataset?.metadata.date?.concat("T00:00:00Z") ?? null);
}

/** A key file or a KMS key, named on the command line or by FACTPRESS_KEY; releases are unsigned without. */
async function signerOf(key = process.env["FACTPRESS_KEY"]): Promise<{ signer?: Signer }> {
  if (!key) return {};
  if (!key.startsWith("arn:aws:kms:")) return { signer: await fileSigner(key) };
  const { kmsSigner } = await import("../../lib/adapters/aws/kms-signer.ts");
  return { signer: await kmsSigner(key) };
}

/** The address of a site, without a slash at the end. Throws `UsageError`. */
export function parseSiteUrl(text: string): string {
  const url = text.replace(/\/+$/, "");
  if (!/^https?:\/\/[^\s/]+(\/.*)?$/.test(url) || !URL.canParse(url))
    throw new UsageError(`--url is a web address such as https://data.example.org, not "${text}"`);
  if (new URL(url).pathname !== "/")
    throw new UsageError(`--url has no path: a site is served from the root of its address, not from "${text}"`);
  return url;
}

/** Stores what pages link to: the address of the site, and the repository that a clone came from. */
async function saveSite(store: Store, address: string, repository: GitRepository | undefined, data: string): Promise<void> {
  const url = parseSiteUrl(address);
  const origin = repository && (await originUrl(repository));
  await writeSite(store, { url, ...(origin ? { repository: { url: origin, data } } : {}) });
}

async function saveSiteOf([first]: DatasetFolder[], store: Store, url: string | undefined): Promise<void> {
  if (url === undefined) return;
  const found = first && (await repositoryOf(first.folder));
  await saveSite(store, url, found?.repository, found?.path.split("/").slice(0, -1).join("/") ?? "");
}

const BRANCH_SOURCE: Readonly<Record<PublishedBranch["source"], string>> = {
  requested: "named by --branch",
  setting: "git config factpress.branch",
  remote: "the default branch of the remote",
  only: "the only branch",
};

/** Prints which branch of each repository is published. The only branch is kept in git config: there may be more later. */
export async function printBranches(datasets: readonly DatasetFolder[], branch: string | undefined): Promise<void> {
  const seen = new Set<string>();
  for (const { folder } of datasets) {
    const found = await publishedPlace(folder, branch);
    if (!found || seen.has(found.repository.root)) continue;
    seen.add(found.repository.root);
    const { name, ref, source } = found.branch;
    const isKept = source === "only" && (await rememberPublishedBranch(found.repository, name));
    out(`Published branch: ${branchName(ref)} (${BRANCH_SOURCE[source]}${isKept ? "; git config factpress.branch keeps it" : ""})`);
  }
}

/** Publishes what the branch holds of each dataset, or the folder where there is no git. */
export async function publishAll(datasets: DatasetFolder[], options: PublishOptions): Promise<Map<string, Published>> {
  const { store, aliases } = await openStore(options.store, options.aliases);
  await saveSiteOf(datasets, store, options.url);
  const to = { store, aliases, planFirst: !options.everyCommit, ...(await signerOf(options.key)) };
  return publishNamed(new Map(datasets.map((dataset) => [dataset.name, () => historyOf(dataset, options.branch)])), to, options.url);
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
  return publishNamed(histories, { store, aliases, planFirst: !everyCommit, ...(await signerOf()) }, url);
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
const signHeadWith = async ({ store, signer }: Pick<To, "store" | "signer">): Promise<void> => {
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
    () => signHeadWith(to),
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
  await printBranches(datasets, options.branch);
  const done = await publishAll(datasets, options);
  for (const [name, published] of done) {
    const newest = published.catalogue.releases[0];
    if (published.released.length === 0 && !isRefused(published))
      out(`${name}  nothing new${newest ? `: ${newest.version} is the newest` : ""}`);
  }
  return [...done.values()].some(isRefused) ? 1 : 0;
}

/** Rebuilds the releases that a store has lost from git. */
export async function restore(nameOrPath: string | undefined, options: PublishOptions): Promise<number> {
  const { store, aliases } = await openStore(options.store, options.aliases);
  const datasets = await findDatasets(nameOrPath);
  const signer = await signerOf(options.key);
  await saveSiteOf(datasets, store, options.url);
  for (const dataset of datasets) {
    const rebuilding = { history: await historyOf(dataset, options.branch), runtime: RUNTIME };
    const { restored, whole } = await restoreReleases({ dataset: dataset.name, store, ...signer }, rebuilding);
    await projectDataset(store, aliases, dataset.name);
    out(`${dataset.name}  ${restored} of ${plural(restored + whole, "release")} restored`);
  }
  await projectHome(
    store,
    datasets.map(({ name }) => name),
  );
  await signHeadWith({ store, ...signer });
  return 0;
}

export async function remove(version: string, options: { store: string; aliases?: string; dataset?: string }): Promise<number> {
  const { store, aliases } = await openStore(options.store, options.aliases);
  const [dataset, other] = options.dataset === undefined ? await findDatasets(undefined) : [{ name: options.dataset }];
  if (!dataset || other) throw new UsageError("Name the dataset: --dataset NAME");
  const { count, quotedBy } = await removeRelease(store, aliases, dataset.name, version);
  out(`${dataset.name} ${version}  ${plural(count, "file")} replaced by a note; SHA256SUMS and datapackage.json stay`);
  for (const later of quotedBy)
    out(`  ${later} quotes what was different from it in changes.json and CHANGES.md: where that must go too, remove ${later} as well.`);
  return 0;
}
