import { type Catalogue, emptyCatalogue } from "../lib/release/catalogue.ts";
import { parseCatalogue } from "../lib/release/parse-catalogue.ts";
import { openStore } from "./open-store.ts";

/** The catalogue of a dataset in the store; empty if there is none. Throws `CatalogueError`, and errors of AWS: one that may not list the bucket is refused a file that is missing. */
export async function readStoredCatalogue(dataset: string): Promise<Catalogue> {
  const stored = await openStore().get(`${dataset}/releases.json`);
  return stored ? parseCatalogue(stored.bytes, dataset) : emptyCatalogue(dataset);
}
