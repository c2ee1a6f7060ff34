import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { MISSING_PAGE } from "../contract/missing-page.ts";
import type { ReadableStore } from "../ports/ports.ts";
import type { KeySet } from "../release/key-set.ts";
import { HOME, homeProjections } from "../render/home-projections.ts";
import { publishedDatasetNames } from "../render/published-dataset-names.ts";
import { siteOf } from "../render/site.ts";
import { listedDatasets, MAX_LISTED } from "./datasets-to-verify.ts";
import type { Verified } from "./nothing-verified.ts";
import { readSignedHead } from "./read-signed-head.ts";
import { readStoredKeySet } from "./read-stored-key-set.ts";
import { VerificationError } from "./verification-error.ts";
import { verifyAssets } from "./verify-assets.ts";

/** Over HTTP, a server may send its own page for missing addresses: whether someone replaced this one is unknown. */
const FOREIGN_PAGE =
  "the page for missing addresses is not the published one; the server may send its own. To compare it, configure the server to send pages/404.html with status 404";

interface ComparedHome {
  error?: VerificationError;
  /** Why a page could not be compared. */
  uncompared: string[];
}

/** The first error in the pages that belong to no dataset. `names`: all datasets of the store. */
async function compareHome(store: ReadableStore, names: readonly string[]): Promise<ComparedHome> {
  const render = homeProjections(store, names, await siteOf(store));
  const uncompared: string[] = [];
  for (const key of HOME) {
    const stored = await store.get(key);
    const isSame = stored && Buffer.from(await render[key]()).equals(stored.bytes);
    if (isSame) continue;
    if (!store.list && key === MISSING_PAGE) uncompared.push(FOREIGN_PAGE);
    else return { error: new VerificationError(key, stored ? "does not match the releases: it was changed" : "is missing"), uncompared };
  }
  return { uncompared };
}

/**
 * Checks the pages that belong to no dataset, if all datasets were verified and their pages were compared. `listed`: all datasets, for a
 * store whose own list is private. Returns why a page could not be compared.
 */
export async function verifyHome(store: ReadableStore, listed?: readonly string[]): Promise<string[]> {
  const { error, uncompared } = await compareHome(store, listed ?? (await publishedDatasetNames(store)));
  if (error) throw error;
  await verifyAssets(store, { files: 0, bytes: 0 } as Verified);
  return uncompared;
}

/** What is known of the pages that belong to no dataset, if not all datasets were verified. */
export type PartlyVerifiedHome =
  | { kind: "matches"; datasets: number; uncompared: string[] }
  | { kind: "absent" }
  | { kind: "not-compared"; why: string };

/**
 * Checks the pages that belong to no dataset against the catalogues of all datasets, which were not all verified. Throws if they differ. A
 * copy with some datasets may lack the pages, or the other catalogues.
 */
export async function verifyHomePartly(store: ReadableStore, keys: KeySet | undefined): Promise<PartlyVerifiedHome> {
  // Over HTTP, a server sends some page for a missing address.
  const own = store.list ? HOME : HOME.filter((key) => key !== MISSING_PAGE);
  const stored = await Promise.all(own.map((key) => store.get(key)));
  if (stored.every((page) => page === undefined)) return { kind: "absent" };
  const head = await readSignedHead(store, keys ?? (await readStoredKeySet(store)));
  const names = await listedDatasets(store, Object.keys(head?.datasets ?? {}));
  if (!store.list && names.length > MAX_LISTED)
    return { kind: "not-compared", why: `the site lists ${names.length} datasets (maximum over HTTP: ${MAX_LISTED})` };
  const { error, uncompared } = await compareHome(store, names);
  if (!error) return { kind: "matches", datasets: names.length, uncompared };
  const missing: string[] = [];
  for (const name of names) if (!(await store.get(catalogueObjectKey(name)))) missing.push(catalogueObjectKey(name));
  if (missing.length === 0) throw error;
  return { kind: "not-compared", why: `${error.message}, or else this is a copy without ${missing.join(", ")}` };
}
