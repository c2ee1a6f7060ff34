import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { type Catalogue, emptyCatalogue } from "../release/catalogue.ts";
import { parseCatalogue } from "../release/parse-catalogue.ts";
import type { Store } from "./ports.ts";

/** The catalogue of a dataset in a store, and its ETag; undefined if there is none. Throws `CatalogueError` if it is damaged. */
export async function readCatalogue(
  store: Pick<Store, "get">,
  dataset: string,
): Promise<{ catalogue: Catalogue; etag: string } | undefined> {
  const stored = await store.get(catalogueObjectKey(dataset));
  return stored && { catalogue: parseCatalogue(stored.bytes, dataset), etag: stored.etag };
}

/** Like `readCatalogue`, with an empty catalogue if there is none. */
export const readCatalogueOrEmpty = async (
  store: Pick<Store, "get">,
  dataset: string,
): Promise<{ catalogue: Catalogue; etag: string | null }> =>
  (await readCatalogue(store, dataset)) ?? { catalogue: emptyCatalogue(dataset), etag: null };
