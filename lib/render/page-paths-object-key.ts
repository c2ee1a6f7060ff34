import type { Store } from "../ports/ports.ts";
import { parseStoredJson } from "./parse-stored-json.ts";

/** Key of the list of pages that the page of the newest release links to, for the sitemap. Public, so that readers can verify it. */
export const pagePathsObjectKey = (dataset: string): string => `pages/${dataset}/explorer/paths.json`;

/** The listed paths; empty if there is no list, or if a page that reports its removal has replaced it. */
export async function readPagePaths(store: Pick<Store, "get">, dataset: string): Promise<string[]> {
  const stored = await store.get(pagePathsObjectKey(dataset));
  const paths = stored ? parseStoredJson(stored.bytes) : [];
  return Array.isArray(paths) ? paths.filter((path) => typeof path === "string") : [];
}
