import { bodyOf } from "../ports/body-of.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import type { Store } from "../ports/ports.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { type IcebergTable, icebergFiles } from "./iceberg-files.ts";

type Stored = Awaited<ReturnType<Store["get"]>>;

/**
 * Writes the Iceberg tables of a dataset; false if another publisher was first. Metadata is replaced as pages are: its ETag is read before
 * the catalogue that it is made from.
 */
export async function writeIceberg(store: Store, catalogue: Catalogue, tables: readonly IcebergTable[]): Promise<boolean> {
  const before = new Map<string, Stored>();
  for (const { metadataKey } of tables) before.set(metadataKey, await store.get(metadataKey));
  const stands = await store.get(`${catalogue.dataset}/releases.json`);
  if (!stands || !Buffer.from(catalogueText(catalogue)).equals(stands.bytes)) return false;
  for await (const [key, bytes] of icebergFiles(store, catalogue, tables, (metadataKey) => before.get(metadataKey)?.bytes)) {
    if (!before.has(key)) await putOnce(store, key, bytes);
    else if (!(await replace(store, key, bytes, before.get(key)))) return false;
  }
  return true;
}

async function replace(store: Store, key: string, bytes: Uint8Array, old: Stored): Promise<boolean> {
  if (old && Buffer.from(bytes).equals(old.bytes)) return true;
  return (await store.putIfMatch(key, bytes, old?.etag ?? null)) !== undefined;
}

async function putOnce(store: Store, key: string, bytes: Uint8Array): Promise<void> {
  if ((await store.putIfAbsent(key, bodyOf(bytes))) === "other")
    throw new DamagedFileError(`${key} stands in the store with other bytes. Nothing was overwritten.`);
}
