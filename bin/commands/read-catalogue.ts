import type { Store } from "../../lib/ports/ports.ts";
import { type Catalogue, emptyCatalogue } from "../../lib/release/catalogue.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";

/** The catalogue of a dataset; an empty one if the store has none. */
export async function readCatalogue({ dataset, reader }: { dataset: string; reader: Pick<Store, "get"> }): Promise<Catalogue> {
  const stored = await reader.get(`${dataset}/releases.json`);
  return stored ? parseCatalogue(stored.bytes) : emptyCatalogue(dataset);
}
