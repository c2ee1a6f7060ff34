import type { Store } from "../ports/ports.ts";
import { parseStoredJson } from "./parse-stored-json.ts";

/**
 * Key of the list of the pages that the newest release has besides its own: what the sitemap is made of. It has an address, so that
 * readers can verify it.
 */
export const pagePathsKey = (dataset: string): string => `pages/${dataset}/explorer/paths.json`;

/** The paths as they were listed; none where there is no list, or a page that says that it is gone. */
export async function readPagePaths(store: Pick<Store, "get">, dataset: string): Promise<string[]> {
  const stored = await store.get(pagePathsKey(dataset));
  const paths = stored ? parseStoredJson(stored.bytes) : [];
  return Array.isArray(paths) ? paths.filter((path) => typeof path === "string") : [];
}
