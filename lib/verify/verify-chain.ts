import { CATALOGUE_FILE, catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { FEED_FILE } from "../contract/feed-object-key.ts";
import { isExactVersion } from "../contract/is-exact-version.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import { CHANGES_FILE, PACKAGE_FILE } from "../contract/release-files.ts";
import type { ReleaseFolder, Store } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { storedRelease } from "../ports/stored-release.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { comparedEntry } from "../release/compared-entry.ts";
import type { KeySet } from "../release/key-set.ts";
import { isIcebergObjectKey } from "../render/iceberg-files.ts";
import type { Verified } from "./nothing-verified.ts";
import { parseVerifiedJson } from "./parse-verified-json.ts";
import { readManifest } from "./read-manifest.ts";
import type { ReleaseContents } from "./release-contents.ts";
import { VerificationError } from "./verification-error.ts";
import { verifyFiles } from "./verify-files.ts";
import { verifyNoOtherFiles } from "./verify-no-other-files.ts";
import { verifySignature } from "./verify-signature.ts";

export interface ChainToVerify {
  /** With `list`, files that belong to no release are found as well. */
  store: Pick<Store, "get" | "read"> & Partial<Pick<Store, "list">>;
  dataset: string;
  keys: KeySet;
  /** Whether every release must be signed. */
  mustBeSigned: boolean;
}

/** datapackage.json must match the catalogue. */
function verifyPackage(dataset: string, entry: CatalogueEntry, before: CatalogueEntry | undefined, about: ReleaseContents["about"]): void {
  const where = `${dataset}/${entry.version}/${PACKAGE_FILE}`;
  const expected = {
    name: dataset,
    version: entry.version,
    commit: entry.commit,
    created: entry.date ?? undefined,
    layout: entry.layout ?? FIRST_LAYOUT,
  };
  for (const [property, value] of Object.entries(expected))
    if (about[property] !== value)
      throw new VerificationError(where, `has ${property} ${String(about[property])}, but releases.json has ${value}`);
  if (about["previous"] !== (before?.manifest ?? null))
    throw new VerificationError(
      where,
      `names another release before it than releases.json (${before?.version ?? "none"}): the chain is broken`,
    );
}

/** The level and the base must match changes.json; the first release has neither. */
async function verifyChanges(
  catalogue: Catalogue,
  { version, level }: CatalogueEntry,
  before: CatalogueEntry | undefined,
  folder: ReleaseFolder,
): Promise<void> {
  const { dataset } = catalogue;
  const where = catalogueObjectKey(dataset);
  if (!before) {
    if (level !== "first") throw new VerificationError(where, `lists ${version} as ${level}, but it is the first release`);
    return;
  }
  const bytes = await folder.bytes(CHANGES_FILE);
  const changesFile = bytes ? parseVerifiedJson(`${dataset}/${version}/${CHANGES_FILE}`, bytes) : {};
  if (changesFile["level"] !== level)
    throw new VerificationError(where, `lists ${version} as ${level}, but its changes.json as ${String(changesFile["level"])}`);
  const compared = comparedEntry(catalogue, version)?.version;
  if (changesFile["from"] !== compared)
    throw new VerificationError(
      where,
      `lists ${version} as compared with ${compared}, but its changes.json with ${String(changesFile["from"])}`,
    );
}

/** A release may be compared with an older release than the previous one only if all releases in between were withdrawn or removed. */
function verifyComparedRelease({ dataset, releases, withdrawn, removed }: Catalogue, { version, comparedWith }: CatalogueEntry): void {
  if (comparedWith === undefined) return;
  const where = catalogueObjectKey(dataset);
  const [from, to] = [version, comparedWith].map((one) => releases.findIndex((listed) => listed.version === one)) as [number, number];
  if (to <= from + 1)
    throw new VerificationError(where, `lists ${version} as compared with ${comparedWith}, which is not older than the release before it`);
  const isWithdrawnOrRemoved = ({ version }: CatalogueEntry): boolean =>
    [...withdrawn, ...removed].some((event) => event.version === version && event.reason !== null);
  const inForce = releases.slice(from + 1, to).find((entry) => !isWithdrawnOrRemoved(entry));
  if (inForce)
    throw new VerificationError(
      where,
      `lists ${version} as compared with ${comparedWith}, although ${inForce.version} in between is neither withdrawn nor removed`,
    );
}

async function verifyEntry(
  job: ChainToVerify,
  catalogue: Catalogue,
  { entry, before }: { entry: CatalogueEntry; before: CatalogueEntry | undefined },
  result: Verified,
): Promise<ReleaseContents["files"]> {
  const { store, dataset } = job;
  const { version } = entry;
  const removals = removalsOf(catalogue, version);
  const at = `${dataset}/${version}/`;
  const folder = storedRelease(store, `${dataset}/${version}`);
  const release = { folder, at, ...(removals.length === 0 ? {} : { removal: { version, reasons: removals } }) };
  const found = sha256((await readManifest(release)).manifest);
  if (found !== entry.manifest)
    throw new VerificationError(`${at}SHA256SUMS`, `was changed: its SHA-256 is ${found}, but releases.json names ${entry.manifest}`);
  const { manifest, files, about } = await verifyFiles(release, result);
  const kid = await verifySignature(folder, at, manifest, job.keys);
  if (kid === undefined && job.mustBeSigned)
    throw new VerificationError(`${at}SHA256SUMS.jws`, "is missing: this release is not signed by a key that you trust");
  verifyPackage(dataset, entry, before, about);
  verifyComparedRelease(catalogue, entry);
  if (removals.length === 0) await verifyChanges(catalogue, entry, before, folder);
  result.releases += 1;
  if (removals.length > 0) result.removed.push(version);
  if (kid === undefined) result.unsigned.push(version);
  else if (!result.keys.includes(kid)) result.keys.push(kid);
  return files;
}

/** All reasons ever given for removing a release: its tombstones contain the reason at the time. */
const removalsOf = ({ removed }: Catalogue, version: string): string[] =>
  removed.flatMap((event) => (event.version === version && event.reason !== null ? [event.reason] : []));

/** Checks every release of a catalogue, oldest first: files, signature, and the link to the previous release. */
export async function verifyChain(job: ChainToVerify, catalogue: Catalogue, result: Verified): Promise<void> {
  const contents = new Map<string, ReleaseContents["files"]>();
  let before: CatalogueEntry | undefined;
  for (const entry of [...catalogue.releases].reverse()) {
    contents.set(entry.version, await verifyEntry(job, catalogue, { entry, before }, result));
    before = entry;
  }
  await verifyNothingElse(job, contents, result);
}

/** The files of each version, including versions that are not listed. */
async function filesByVersion(listed: ReturnType<NonNullable<ChainToVerify["store"]["list"]>>): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for await (const { key } of listed) {
    const [, first = "", ...rest] = key.split("/");
    // Files of Iceberg tables are compared with the releases, like pages.
    if (isIcebergObjectKey(key)) continue;
    if (rest.length === 0 ? first !== CATALOGUE_FILE && first !== FEED_FILE : !isExactVersion(first))
      throw new VerificationError(key, "is not part of a release, and factpress writes nothing of that name");
    if (rest.length > 0) found.set(first, [...(found.get(first) ?? []), rest.join("/")]);
  }
  return found;
}

/**
 * Throws if there are files other than those of releases, the catalogue and the feed. Unlisted versions are only noted: an interrupted
 * publisher claimed them, and no alias redirects to them.
 */
async function verifyNothingElse(
  job: ChainToVerify,
  contents: ReadonlyMap<string, ReleaseContents["files"]>,
  result: Verified,
): Promise<void> {
  if (!job.store.list) return;
  const found = await filesByVersion(job.store.list(`${job.dataset}/`));
  for (const [version, files] of contents) verifyNoOtherFiles(found.get(version) ?? [], files, `${job.dataset}/${version}/`);
  for (const version of [...found.keys()].filter((version) => !contents.has(version)).sort())
    result.notes.push(
      `${job.dataset}/${version}/ is not a release: releases.json does not list it. A publisher is running or was interrupted, or someone added it.`,
    );
}
