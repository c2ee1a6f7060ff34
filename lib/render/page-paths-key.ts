import type { Store } from "../ports/ports.ts";
import { parseStoredJson } from "./parse-stored-json.ts";

/**
 * Key of the list of pages of the newest release, other than its own: input of the sitemap. It is public, so that readers can verify it.
 */
export const pagePathsKey = (dataset: string): string => `pages/${dataset}/explorer/paths.json`;

/** The listed paths; empty if there is no list, or if it was replaced with a page that says so. */
export async function readPagePaths(store: Pick<Store, "get">, dataset: string): Promise<string[]> {
  const stored = await store.get(pagePathsKey(dataset));
  const paths = stored ? parseStoredJson(stored.bytes) : [];
  return Array.isArray(paths) ? paths.filter((path) => typeof path === "string") : [];
}
