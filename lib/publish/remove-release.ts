import { CHANGES_FILE } from "../contract/release-files.ts";
import type { Aliases, Store } from "../ports/ports.ts";
import { readCatalogue } from "../ports/read-catalogue.ts";
import { readStoredChanges } from "../ports/read-stored.ts";
import { sha256 } from "../ports/sha256.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { comparedEntry } from "../release/compared-entry.ts";
import { removedReason } from "../release/removed-reason.ts";
import { KEPT_FILES, tombstoneText } from "../release/tombstone-text.ts";
import { parseMark } from "../render/parse-mark.ts";
import { NO_LINES } from "../render/put-record-lines.ts";
import { recordLinesObjectKey } from "../render/record-lines-object-key.ts";
import { RemovalNotReadyError } from "./removal-not-ready-error.ts";

export interface RemovedFiles {
  count: number;
  /** Releases whose `changes.json` quotes records of the removed one. */
  quotedBy: string[];
}

/** The releases whose `changes.json` quotes a release, oldest first. */
async function quotingReleases(store: Store, catalogue: Catalogue, version: string): Promise<string[]> {
  const found: string[] = [];
  for (const { version: later } of [...catalogue.releases].reverse()) {
    if (comparedEntry(catalogue, later)?.version !== version || removedReason(catalogue, later) !== undefined) continue;
    const changes = await store.get(`${catalogue.dataset}/${later}/${CHANGES_FILE}`);
    if (changes && readStoredChanges(`${catalogue.dataset}/${later}/${CHANGES_FILE}`, changes.bytes).removed !== true) found.push(later);
  }
  return found;
}

/** The Avro files of a release, which contain the lowest and highest values of columns. */
async function* icebergFilesOf(store: Store, dataset: string, version: string): AsyncGenerator<string> {
  for (const folder of ["iceberg", "iceberg-s3"])
    for await (const { key } of store.list(`${dataset}/${folder}/`)) if (key.includes(`/metadata/${version}-`)) yield key;
}

/**
 * Replaces every file of a removed release with a tombstone, except those that the hash chain needs. Catalogue and aliases must list the
 * removal first, because until then aliases redirect readers to the release.
 */
export async function removeRelease(store: Store, aliases: Aliases, dataset: string, version: string): Promise<RemovedFiles> {
  const catalogue = (await readCatalogue(store, dataset))?.catalogue;
  const reason = catalogue && removedReason(catalogue, version);
  if (!catalogue || reason === undefined)
    throw new RemovalNotReadyError(
      `releases.json does not say that ${version} is removed. Name it in release.removed of dataset.json, with the reason, and publish.`,
    );
  const mark = parseMark(await aliases.get(`${dataset}/mark`));
  const current = sha256(catalogueText(catalogue));
  if (mark?.states.length !== 1 || mark.catalogue !== current)
    throw new RemovalNotReadyError("The aliases do not follow the catalogue yet. Publish again.");
  const text = Buffer.from(tombstoneText(version, reason));
  const quotedBy = await quotingReleases(store, catalogue, version);
  /** Returns whether the stored file differed. */
  const put = async (key: string, text: Buffer): Promise<boolean> => {
    const found = await store.get(key);
    if (!found || text.equals(found.bytes)) return false;
    if ((await store.putIfMatch(key, text, found.etag)) === undefined)
      throw new RemovalNotReadyError(`${key} was written by another publisher at the same time. Try again.`);
    return true;
  };
  let count = 0;
  for await (const { key } of store.list(`${dataset}/${version}/`))
    if (!KEPT_FILES.includes(key.split("/").at(-1) as string) && (await put(key, text))) count += 1;
  for await (const key of icebergFilesOf(store, dataset, version)) await put(key, text);
  // The list of record lines contains keys of records.
  await put(recordLinesObjectKey(dataset, version), NO_LINES);
  return { count, quotedBy };
}
