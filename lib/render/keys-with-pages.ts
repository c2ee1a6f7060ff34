import { pageSlug } from "../site/explorer/page-slug.ts";

/** The first keys that can have a page, in order. Keys that differ only in case share one, as their folders may be equal. */
export function keysWithPages(keys: Iterable<string>, maximum: number): Set<string> {
  const found = new Set<string>();
  const taken = new Set<string>();
  for (const key of keys) {
    if (found.size === maximum) break;
    const slug = pageSlug(key)?.toLowerCase();
    if (slug === undefined || taken.has(slug)) continue;
    taken.add(slug);
    found.add(key);
  }
  return found;
}
