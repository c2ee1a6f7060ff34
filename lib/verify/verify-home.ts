import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import type { ReadableStore } from "../ports/ports.ts";
import type { KeySet } from "../release/key-set.ts";
import { HOME, homeProjections } from "../render/home-projections.ts";
import { NAMES, parsePublishedDatasetNames, publishedDatasetNames } from "../render/published-dataset-names.ts";
import { siteOf } from "../render/site.ts";
import type { Verified } from "./nothing-verified.ts";
import { readSignedHead } from "./read-signed-head.ts";
import { readStoredKeySet } from "./read-stored-key-set.ts";
import { VerificationError } from "./verification-error.ts";
import { verifyAssets } from "./verify-assets.ts";

type HomeKey = (typeof HOME)[number];

/** The pages that belong to no dataset. Over HTTP, a server sends the page for missing addresses with status 404, or its own page. */
const readableHome = (store: ReadableStore): readonly HomeKey[] => (store.list ? HOME : HOME.filter((key) => key !== "pages/404.html"));

/** The first error in the pages that belong to no dataset. `names`: all datasets of the store. */
async function findHomeError(store: ReadableStore, names: readonly string[]): Promise<VerificationError | undefined> {
  const render = homeProjections(store, names, await siteOf(store));
  for (const key of readableHome(store)) {
    const stored = await store.get(key);
    if (!stored) return new VerificationError(key, "is missing");
    if (!Buffer.from(await render[key]()).equals(stored.bytes))
      return new VerificationError(key, "does not match the releases: it was changed");
  }
  return undefined;
}

/** Checks the pages that belong to no dataset, if all datasets were verified and their pages were compared. */
export async function verifyHome(store: ReadableStore): Promise<void> {
  const error = await findHomeError(store, await publishedDatasetNames(store));
  if (error) throw error;
  await verifyAssets(store, { files: 0, bytes: 0 } as Verified);
}

/** The datasets that a home page lists, which need not be true. */
const listedOn = (page: Uint8Array): string[] =>
  [
    ...Buffer.from(page)
      .toString("utf8")
      .matchAll(/<h2><a href="\/([a-z0-9-]+)\/">/g),
  ].map(([, name]) => name as string);

/** The datasets of a store: its own list or, over HTTP, where that is private, those of its home page and of its signed head. */
async function findListed(store: ReadableStore, keys: KeySet | undefined): Promise<string[]> {
  const stored = await store.get(NAMES);
  if (stored) return parsePublishedDatasetNames(stored.bytes);
  const [page, head] = [await store.get(HOME[0]), await readSignedHead(store, keys ?? (await readStoredKeySet(store)))];
  return [...new Set([...(page ? listedOn(page.bytes) : []), ...Object.keys(head?.datasets ?? {})])].sort();
}

/**
 * Maximum datasets of a site whose catalogues are read over HTTP. Each takes several requests, and the list comes from a server that may be
 * hostile.
 */
const MAX_LISTED = 1_000;

/** What is known of the pages that belong to no dataset, if not all datasets were verified. */
export type PartlyVerifiedHome = { kind: "matches"; datasets: number } | { kind: "absent" } | { kind: "not-compared"; why: string };

/**
 * Checks the pages that belong to no dataset against the catalogues of all datasets, which were not all verified. Throws if they differ. A
 * copy with some datasets may lack the pages, or the other catalogues.
 */
export async function verifyHomePartly(store: ReadableStore, keys: KeySet | undefined): Promise<PartlyVerifiedHome> {
  const stored = await Promise.all(readableHome(store).map((key) => store.get(key)));
  if (stored.every((page) => page === undefined)) return { kind: "absent" };
  const names = await findListed(store, keys);
  if (!store.list && names.length > MAX_LISTED)
    return { kind: "not-compared", why: `the site lists ${names.length} datasets (maximum over HTTP: ${MAX_LISTED})` };
  const error = await findHomeError(store, names);
  if (!error) return { kind: "matches", datasets: names.length };
  const missing: string[] = [];
  for (const name of names) if (!(await store.get(catalogueObjectKey(name)))) missing.push(catalogueObjectKey(name));
  if (missing.length === 0) throw error;
  return { kind: "not-compared", why: `${error.message}, or else this is a copy without ${missing.join(", ")}` };
}
