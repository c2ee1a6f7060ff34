import type { Store } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { isTombstone } from "../release/tombstone-text.ts";
import { icebergFiles, icebergTables, isIcebergKey } from "../render/iceberg-files.ts";
import type { Site } from "../render/site.ts";
import { VerificationError, type Verified } from "./verification-error.ts";

type Stored = Pick<Store, "get" | "read"> & Partial<Pick<Store, "list">>;

/** Avro files are named after their hash. */
const hashIn = (key: string): string | undefined => /-([0-9a-f]{16})\.avro$/.exec(key)?.[1];

/** Compares the files of Iceberg tables with what the releases give. */
export async function compareIceberg(
  store: Stored,
  catalogue: Catalogue,
  site: Site,
  result: Verified,
): Promise<{ differing: string[]; compared: number }> {
  const differing: string[] = [];
  const named = new Set<string>();
  for await (const [key, bytes] of icebergFiles(store, catalogue, await icebergTables(store, catalogue, site))) {
    const stored = await store.get(key);
    named.add(key);
    result.files += 1;
    result.bytes += stored?.bytes.length ?? 0;
    if (!stored || !Buffer.from(bytes).equals(stored.bytes)) differing.push(key);
  }
  await verifyNoOthers(store, catalogue, named);
  return { differing, compared: named.size };
}

/** Avro files that no table names any more stay: of a removed release, as tombstones, or from before the address of the site changed. */
async function verifyNoOthers(store: Stored, { dataset }: Catalogue, named: ReadonlySet<string>): Promise<void> {
  if (!store.list) return;
  for await (const { key } of store.list(`${dataset}/`)) {
    if (!isIcebergKey(key) || named.has(key)) continue;
    const { bytes = new Uint8Array() } = (await store.get(key)) ?? {};
    const isReplaced = /\/(v1\.metadata\.json|version-hint\.text)$/.test(key) && named.size === 0;
    if (!isReplaced && sha256(bytes).slice(0, 16) !== hashIn(key) && !isTombstone(bytes))
      throw new VerificationError(key, "is a file of no Iceberg table");
  }
}
