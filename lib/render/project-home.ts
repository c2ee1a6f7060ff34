import type { Store } from "../ports/ports.ts";
import { retryConflicts } from "../ports/retry-conflicts.ts";
import { HOME, homeProjections } from "./home-projections.ts";
import { NAMES, parsePublishedDatasetNames, publishedDatasetNames } from "./published-dataset-names.ts";
import { putAssets } from "./put-assets.ts";
import { replaceStored } from "./replace-stored.ts";
import { siteOf } from "./site.ts";

/** Updates the pages that belong to no dataset. `published`: datasets with a release, to add to those that are listed. */
export async function projectHome(store: Store, published: readonly string[]): Promise<void> {
  await putAssets(store);
  await replace(store, NAMES, async (before) => {
    const known = before === undefined ? [] : parsePublishedDatasetNames(before);
    return `${JSON.stringify([...new Set([...known, ...published])].sort())}\n`;
  });
  // Inputs are read after the ETag, which changes if a publisher has newer inputs.
  for (const key of HOME)
    await replace(store, key, async () => homeProjections(store, await publishedDatasetNames(store), await siteOf(store))[key]());
}

/** Renders a text and writes it if it differs from the stored one. Retries while other publishers are faster. */
async function replace(store: Store, key: string, render: (before: Uint8Array | undefined) => Promise<string>): Promise<void> {
  await retryConflicts(key, async () => {
    const stored = await store.get(key);
    return replaceStored(store, key, Buffer.from(await render(stored?.bytes)), stored);
  });
}
