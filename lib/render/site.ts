import type { LinkedRepository } from "../contract/repository-links.ts";
import { ICEBERG_VERSION } from "../iceberg/table-metadata.ts";
import type { Store } from "../ports/ports.ts";
import { readStoredSite } from "../ports/read-stored.ts";
import { retryConflicts } from "../ports/retry-conflicts.ts";
import { sha256 } from "../ports/sha256.ts";
import type { DatasetEnds } from "../release/dataset-end.ts";
import { ASSETS } from "../site/assets.ts";
import { RENDERER } from "./renderer.generated.ts";

/** Addresses used in pages, and the datasets that the published branch no longer contains. */
export interface Site {
  /** Without a trailing slash; undefined if not configured. */
  url?: string;
  /** The bucket of the store as `s3://NAME`, if readers can read it. */
  bucket?: string;
  /** The repository that accepts corrections: its address, and the folder of the datasets. */
  repository?: LinkedRepository & { data: string };
  /** By dataset name. */
  ended?: DatasetEnds;
}

export interface RenderedSite extends Site {
  /** Identifies everything that pages depend on besides releases and `ended`. If it changes, every page is rendered again. */
  id: string;
}

/** Public, so that `verify` can render the same pages. */
const SITE = "pages/site.json";

export async function readSite(store: Pick<Store, "get">): Promise<Site> {
  const stored = await store.get(SITE);
  return stored ? readStoredSite<Site>(SITE, stored.bytes) : {};
}

export async function siteOf(store: Pick<Store, "get">): Promise<RenderedSite> {
  const site = await readSite(store);
  const assets = ASSETS.map(({ name }) => name);
  return { ...site, id: sha256(JSON.stringify([RENDERER, assets, ICEBERG_VERSION, site.url, site.bucket, site.repository])).slice(0, 16) };
}

/** Replaces `site.json` with the result of `change`. */
async function updateSite(store: Pick<Store, "get" | "putIfMatch">, change: (site: Site) => Site): Promise<void> {
  await retryConflicts(SITE, async () => {
    const stored = await store.get(SITE);
    const text = Buffer.from(`${JSON.stringify(change(stored ? readStoredSite<Site>(SITE, stored.bytes) : {}))}\n`);
    if (stored ? text.equals(stored.bytes) : text.equals(NOTHING)) return "current";
    return store.putIfMatch(SITE, text, stored?.etag ?? null);
  });
}

const NOTHING = Buffer.from("{}\n");

/** Stores the addresses. Without a property `bucket`, the stored one is kept; `undefined` removes it. Makes all pages outdated. */
export const writeSite = (store: Store, addresses: Omit<Site, "ended">): Promise<void> =>
  updateSite(store, ({ bucket, ended }) => ({
    ...(bucket === undefined ? {} : { bucket }),
    ...addresses,
    ...(ended === undefined ? {} : { ended }),
  }));

/** Stores the ends of datasets; other datasets are unchanged. */
export const writeSiteEnds = (store: Store, ends: DatasetEnds): Promise<void> =>
  updateSite(store, (site) => {
    const all = { ...site.ended, ...ends };
    const sorted = Object.keys(all)
      .sort()
      .map((name) => [name, all[name]] as const);
    return sorted.length === 0 ? site : { ...site, ended: Object.fromEntries(sorted) as DatasetEnds };
  });
