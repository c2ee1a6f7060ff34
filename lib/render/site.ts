import { ICEBERG_VERSION } from "../iceberg/table-metadata.ts";
import type { Store } from "../ports/ports.ts";
import { readStoredSite } from "../ports/read-stored.ts";
import { sha256 } from "../ports/sha256.ts";
import { ASSETS } from "../site/assets.ts";
import { RENDERER } from "./renderer.generated.ts";

/** Addresses that pages name. */
export interface Site {
  /** Without a slash at the end; missing where it is not configured. */
  url?: string;
  /** The bucket of the store as `s3://NAME`, where readers may read it. */
  bucket?: string;
  /** The repository that takes corrections: its address, and the folder that holds the datasets. */
  repository?: { url: string; data: string };
}

export interface RenderedSite extends Site {
  /** Names all that pages depend on besides releases. Where it differs, every page is rendered again. */
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

/** Stores the addresses. The next publish renders all pages again. */
export async function writeSite(store: Store, site: Site): Promise<void> {
  const text = Buffer.from(`${JSON.stringify(site)}\n`);
  const stored = await store.get(SITE);
  if (stored && text.equals(stored.bytes)) return;
  // Of two writers at the same time either may win.
  await store.putIfMatch(SITE, text, stored?.etag ?? null);
}
