import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { hasErrorCode } from "../../lib/adapters/folder/has-error-code.ts";
import { readNamedFile } from "../../lib/adapters/folder/read-named-file.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { GENERATOR } from "../../lib/contract/generator.ts";
import { MAX_KEY_FILE_BYTES } from "../../lib/contract/read-limits.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { storedRelease } from "../../lib/ports/stored-release.ts";
import { emptyCatalogue } from "../../lib/release/catalogue.ts";
import { type KeySet, KeySetError, parseKeySet } from "../../lib/release/key-set.ts";
import { NAMES } from "../../lib/render/published-dataset-names.ts";
import { readSite } from "../../lib/render/site.ts";
import { type DatasetsToVerify, datasetsToVerify, MAX_LISTED } from "../../lib/verify/datasets-to-verify.ts";
import { nothingVerified, type Verified } from "../../lib/verify/nothing-verified.ts";
import { SiteChangingError } from "../../lib/verify/site-changing-error.ts";
import { VerificationError } from "../../lib/verify/verification-error.ts";
import { type VerifiedDataset, verifyDataset } from "../../lib/verify/verify-dataset.ts";
import { verifyFresh } from "../../lib/verify/verify-fresh.ts";
import { type PartlyVerifiedHome, verifyHome, verifyHomePartly } from "../../lib/verify/verify-home.ts";
import { verifyNothingAdded } from "../../lib/verify/verify-nothing-added.ts";
import { verifyRebuilt } from "../../lib/verify/verify-rebuilt.ts";
import { verifyRelease } from "../../lib/verify/verify-release.ts";
import { verifyThroughCaches } from "../../lib/verify/verify-through-caches.ts";
import { DATA } from "../find-datasets.ts";
import { findPresentDatasets } from "../find-present-datasets.ts";
import { GitContext } from "../git-context.ts";
import { openHistory, openNamedHistory } from "../open-history.ts";
import { out } from "../out.ts";
import { RUNTIME } from "../runtime.ts";
import { UsageError } from "../usage-error.ts";
import { type HeadOptions, keptHeads } from "./kept-heads.ts";
import { printAuthentication } from "./print-authentication.ts";
import { printVerified } from "./print-verified.ts";
import { rememberHead } from "./remember-head.ts";
import { findVerifyTarget, type VerifyTarget } from "./verify-target.ts";

export interface VerifyOptions extends HeadOptions {
  keys?: string;
  rebuild?: boolean;
  fresh?: boolean;
}

/** Exit code if nothing is wrong, but something could not be compared. */
const NOT_COMPARED = 4;

async function trustedKeys(path: string | undefined): Promise<KeySet | undefined> {
  if (path === undefined) return undefined;
  const bytes = await readNamedFile(path, MAX_KEY_FILE_BYTES).catch((error: unknown) => {
    throw hasErrorCode(error, "ENOENT") ? new UsageError(`There is no file ${path}`) : error;
  });
  try {
    const keys = parseKeySet(bytes);
    if (keys.keys.length > 0) return keys;
  } catch (error) {
    if (!(error instanceof KeySetError)) throw error;
  }
  throw new UsageError(`${path} is not a list of public keys (jwks.json)`);
}

async function verifyOneRelease({ store, release }: VerifyTarget, keys: KeySet | undefined, options: VerifyOptions): Promise<Verified[]> {
  const { path, dataset, version } = release as NonNullable<VerifyTarget["release"]>;
  for (const option of ["rebuild", "fresh", "head", "remember"] as const)
    if (options[option]) throw new UsageError(`--${option} needs the whole dataset: name its folder or address, not one release`);
  const names: string[] = [];
  if (store.list) for await (const { key } of store.list(`${path}/`)) names.push(key.slice(path.length + 1));
  const folder = storedRelease(store, path);
  const verified = await verifyRelease({ folder, dataset, version, keys, names: store.list ? names : undefined });
  printVerified(`${verified.name} ${verified.version}`, verified, undefined, new Date());
  return [verified];
}

async function rebuild(target: VerifyTarget, verified: VerifiedDataset): Promise<void> {
  const { catalogue } = verified;
  const history = await openNamedHistory(catalogue.dataset, new GitContext());
  await verifyRebuilt(target.store, catalogue, { history, runtime: RUNTIME }, verified);
}

/** Throws if the branch releases a dataset that the store lacks. */
async function verifyNoneDropped(store: VerifyTarget["store"], names: readonly string[]): Promise<void> {
  const git = new GitContext();
  const present = existsSync(DATA) ? await findPresentDatasets(undefined, git) : [];
  for (const dataset of present.filter(({ name }) => isDatasetName(name) && !names.includes(name))) {
    const rebuilding = { history: await openHistory(dataset, git), runtime: RUNTIME };
    await verifyRebuilt(store, emptyCatalogue(dataset.name), rebuilding, nothingVerified());
  }
}

async function waitForCaches(seconds: number): Promise<void> {
  process.stderr.write(`Caches may be out of date: reading again in ${seconds} seconds …\n`);
  await sleep(seconds * 1000);
}

/** Verifies what a target holds; if it is a site, through caches. */
const readThroughCaches = <T>({ store, url }: VerifyTarget, verifyRead: (store: VerifyTarget["store"]) => Promise<T>): Promise<T> =>
  url === undefined ? verifyRead(store) : verifyThroughCaches(store, verifyRead, waitForCaches);

interface DatasetsJob {
  target: VerifyTarget;
  keys: KeySet | undefined;
  options: VerifyOptions;
  address: string;
  kept: Awaited<ReturnType<typeof keptHeads>>;
  now: Date;
}

/** The named dataset, or all datasets of the store. */
async function findNames({ target, keys, options, address, kept }: DatasetsJob): Promise<DatasetsToVerify> {
  const { store, dataset, folders } = target;
  if (dataset !== undefined) return { names: [dataset], unlisted: [] };
  const inFolders = (await folders?.()) ?? [];
  const found = await readThroughCaches(target, (read) => datasetsToVerify({ store: read, keys, kept, folders: inFolders }));
  if (options.rebuild) await verifyNoneDropped(store, found.names);
  if (found.names.length === 0) throw new UsageError(`${address} contains no dataset`);
  if (target.url !== undefined && found.names.length > MAX_LISTED)
    throw new UsageError(
      `${address} lists ${found.names.length} datasets (maximum over HTTP: ${MAX_LISTED}). Name one: ${new URL("NAME/", address).href}`,
    );
  return found;
}

async function verifyOneDataset(name: string, isListed: boolean, job: DatasetsJob): Promise<VerifiedDataset> {
  const { target, keys, options, kept, now } = job;
  const verified = await readThroughCaches(target, (store) =>
    verifyDataset({ store, dataset: name, keys, aliases: target.aliases, kept, generator: GENERATOR }),
  );
  if (options.rebuild) await rebuild(target, verified);
  if (!isListed)
    verified.uncompared.push(
      `The store does not list this dataset (${NAMES}): a publisher is running, or was interrupted, or someone added it.`,
    );
  if (options.fresh) verifyFresh(name, verified, now);
  printVerified(name, verified, verified.catalogue.releases[0]?.version, now);
  return verified;
}

/** The pages that belong to no dataset. `uncompared`: why the page for missing addresses was not compared. */
const sitePages = (uncompared: readonly string[] = []): string =>
  `the site's home page, /verify/, ${uncompared.length === 0 ? "page for missing addresses, " : ""}robots.txt and sitemap`;

/** Prints and adds what could not be compared of the pages that belong to no dataset. */
function addUncompared(uncompared: readonly string[], [verified]: readonly VerifiedDataset[]): void {
  for (const why of uncompared) out(`Not compared: ${escapeControlChars(why)}`);
  verified?.uncompared.push(...uncompared);
}

/** Checks the pages that belong to no dataset after all datasets were verified. */
async function verifyWholeHome(names: readonly string[], target: VerifyTarget, done: readonly VerifiedDataset[]): Promise<void> {
  const uncompared = await readThroughCaches(target, (store) => verifyHome(store, target.url === undefined ? undefined : names));
  out(`OK: ${sitePages(uncompared)}`);
  addUncompared(uncompared, done);
}

/** Checks the pages that belong to no dataset after one dataset was verified. */
async function verifyHomeOfDataset(name: string, { target, keys }: DatasetsJob, done: readonly VerifiedDataset[]): Promise<void> {
  const home = await readThroughCaches<PartlyVerifiedHome>(target, (store) => verifyHomePartly(store, keys));
  if (home.kind === "matches") {
    out(`OK: ${sitePages(home.uncompared)}${home.datasets > 1 ? `. They list ${home.datasets} datasets: only ${name} was verified` : ""}`);
    addUncompared(home.uncompared, done);
  } else if (home.kind === "absent") out(`Not found here: ${sitePages()}. Only the pages of ${name} were checked.`);
  else addUncompared([`${sitePages()}: ${home.why}`], done);
}

async function verifyDatasets(
  target: VerifyTarget,
  keys: KeySet | undefined,
  options: VerifyOptions,
  address: string,
): Promise<Verified[]> {
  const { store, dataset, url } = target;
  const now = new Date();
  const job = { target, keys, options, address, kept: await keptHeads(options, keys), now };
  const { names, unlisted } = await findNames(job);
  const done: VerifiedDataset[] = [];
  for (const name of names) done.push(await verifyOneDataset(name, !unlisted.includes(name), job));
  const site = await readSite(store);
  if (url !== undefined && site.url !== undefined && site.url !== url) out(`This is a copy: the site is ${site.url}`);
  const compared = done.filter(({ uncompared }) => uncompared.length === 0);
  if (dataset === undefined) {
    const note = await verifyNothingAdded(store, target.aliases, names);
    if (note !== undefined) out(escapeControlChars(note));
  }
  if (compared.length < done.length) out(`Not compared: ${sitePages()}, because not all of the above could be compared.`);
  else if (dataset === undefined) await verifyWholeHome(names, target, done);
  else await verifyHomeOfDataset(dataset, job, done);
  if (options.remember !== undefined) {
    const catalogues = compared.map(({ catalogue }) => catalogue);
    await rememberHead(options.remember, catalogues, site.url ?? null, now);
  }
  return done;
}

export async function verify(address: string, options: VerifyOptions): Promise<number> {
  const target = await findVerifyTarget(address);
  const keys = await trustedKeys(options.keys);
  try {
    const verified = target.release ? await verifyOneRelease(target, keys, options) : await verifyDatasets(target, keys, options, address);
    printAuthentication([...new Set(verified.flatMap(({ keys }) => keys))], keys !== undefined);
    return verified.some(({ uncompared }) => uncompared.length > 0) ? NOT_COMPARED : 0;
  } catch (error) {
    if (!(error instanceof VerificationError || error instanceof SiteChangingError)) throw error;
    out(error instanceof VerificationError ? error.message : `Not compared: ${error.message}`);
    return error instanceof VerificationError ? 1 : NOT_COMPARED;
  }
}
