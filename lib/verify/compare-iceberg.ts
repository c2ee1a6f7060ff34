import type { ReadableStore } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { isTombstone } from "../release/tombstone-text.ts";
import { IcebergFiles, isIcebergObjectKey } from "../render/iceberg-files.ts";
import type { Site } from "../render/site.ts";
import { compareFile } from "./compare-file.ts";
import type { Verified } from "./nothing-verified.ts";
import { VerificationError } from "./verification-error.ts";

/** The hash in the name of an Avro file. */
const hashIn = (key: string): string | undefined => /-([0-9a-f]{16})\.avro$/.exec(key)?.[1];

/** The folder of Iceberg tables that contains a file: `NAME/iceberg` or `NAME/iceberg-s3`. */
const folderOf = (key: string): string => key.split("/", 2).join("/");

/** Compares the files of Iceberg tables with those derived from the releases. Returns the first error. */
export async function compareIceberg(
  store: ReadableStore,
  catalogue: Catalogue,
  site: Site,
  result: Verified,
): Promise<VerificationError | undefined> {
  let firstError: VerificationError | undefined;
  const named = new Set<string>();
  const iceberg = new IcebergFiles(store, catalogue, site);
  for await (const [key, bytes] of iceberg.files(await iceberg.tables())) {
    named.add(key);
    const error = compareFile(key, bytes, (await store.get(key))?.bytes, result);
    firstError ??= error;
  }
  return firstError ?? (await findOther(store, catalogue, named));
}

/**
 * Finds files that belong to no table. Expected leftovers: Avro files from before a change of the site address, tombstones of removed
 * releases, and the metadata of a folder that the site no longer uses.
 */
async function findOther(store: ReadableStore, { dataset }: Catalogue, named: ReadonlySet<string>): Promise<VerificationError | undefined> {
  if (!store.list) return undefined;
  const folders = new Set([...named].map(folderOf));
  for await (const { key } of store.list(`${dataset}/`)) {
    if (!isIcebergObjectKey(key) || named.has(key)) continue;
    const { bytes = new Uint8Array() } = (await store.get(key)) ?? {};
    const isLeftover = /\/(v1\.metadata\.json|version-hint\.text)$/.test(key) && !folders.has(folderOf(key));
    if (!isLeftover && sha256(bytes).slice(0, 16) !== hashIn(key) && !isTombstone(bytes))
      return new VerificationError(key, "belongs to no Iceberg table");
  }
  return undefined;
}
