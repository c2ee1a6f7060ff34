import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { bodyOf } from "../ports/body-of.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import type { Store } from "../ports/ports.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import type { IcebergFiles, IcebergTable } from "./iceberg-files.ts";
import { replaceStored } from "./replace-stored.ts";

/**
 * Writes the Iceberg tables of a dataset; false if another publisher was first. Like pages, metadata is written if
 * its ETag is still the one that was read before the catalogue.
 */
export async function writeIceberg(
  store: Store,
  catalogue: Catalogue,
  iceberg: IcebergFiles,
  tables: readonly IcebergTable[],
): Promise<boolean> {
  const before = new Map<string, Awaited<ReturnType<Store["get"]>>>();
  for (const { metadataKey } of tables) before.set(metadataKey, await store.get(metadataKey));
  const current = await store.get(catalogueObjectKey(catalogue.dataset));
  if (!current || !Buffer.from(catalogueText(catalogue)).equals(current.bytes)) return false;
  for await (const [key, bytes] of iceberg.files(tables, (metadataKey) => before.get(metadataKey)?.bytes)) {
    if (before.has(key)) {
      if ((await replaceStored(store, key, bytes, before.get(key))) === undefined) return false;
    } else if ((await store.putIfAbsent(key, bodyOf(bytes))) === "other")
      throw new DamagedFileError(`${key} exists in the store with different bytes. Nothing was overwritten.`);
  }
  return true;
}
