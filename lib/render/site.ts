import { sha256 } from "../ports/body.ts";
import type { Store } from "../ports/ports.ts";
import { readSiteFile } from "../ports/stored-documents.ts";
import { sampleTexts } from "./sample.ts";

/** What pages say of where they stand. */
export interface Site {
  /** Address without a slash at the end; missing where nobody said it. */
  url?: string;
  /** The repository that corrections go to: its address, and the folder that holds the datasets. */
  repository?: { url: string; data: string };
}

/** A site and what names the code that renders it: other code renders a sample otherwise, and then all pages are to be written again. */
export interface RenderedSite extends Site {
  id: string;
}

/** It is public, so that pages can be made again by whoever verifies them. */
const SITE = "pages/site.json";

const ids = new Map<string, Promise<string>>();

export async function readSite(store: Pick<Store, "get">): Promise<Site> {
  const stored = await store.get(SITE);
  return stored ? readSiteFile<Site>(SITE, stored.bytes) : {};
}

export async function siteOf(store: Pick<Store, "get">): Promise<RenderedSite> {
  const site = await readSite(store);
  const said = JSON.stringify([site.url, site.repository]);
  let id = ids.get(said);
  if (!id) {
    id = sampleTexts(site.url).then((texts) => sha256([...texts, said].join("\n")).slice(0, 16));
    ids.set(said, id);
  }
  return { ...site, id: await id };
}

/** Says where the site stands; pages are written anew by whoever publishes next. */
export async function writeSite(store: Store, site: Site): Promise<void> {
  const text = Buffer.from(`${JSON.stringify(site)}\n`);
  const stored = await store.get(SITE);
  if (stored && text.equals(stored.bytes)) return;
  // Whoever says something else at the same time is as right: the last word holds.
  await store.putIfMatch(SITE, text, stored?.etag ?? null);
}
