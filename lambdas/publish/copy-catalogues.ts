import { catalogueObjectKey } from "../../lib/contract/catalogue-object-key.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";

type Catalogues = Pick<Store, "get" | "putIfMatch">;

async function copyCatalogue(from: Catalogues, to: Catalogues, name: string): Promise<void> {
  const key = catalogueObjectKey(name);
  const stored = await from.get(key);
  if (!stored) return;
  const copy = await to.get(key);
  if (copy && Buffer.from(stored.bytes).equals(copy.bytes)) return;
  const count = (bytes: Uint8Array): number => parseCatalogue(bytes, name).releases.length;
  if (copy && count(copy.bytes) > count(stored.bytes))
    throw new Error(`The copy of ${key} lists more releases than the store: restore the store from it first (docs/runbook.md)`);
  // A concurrent run may win. Its copy is at least as new, or the next run copies again.
  await to.putIfMatch(key, stored.bytes, copy?.etag ?? null);
}

/** Copies the catalogues to a second store. Release numbers are the only data that cannot be rebuilt from git. */
export async function copyCatalogues(from: Catalogues, to: Catalogues, names: Iterable<string>): Promise<void> {
  for (const name of names) await copyCatalogue(from, to, name);
}
