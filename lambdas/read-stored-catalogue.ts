import { readCatalogueOrEmpty } from "../lib/ports/read-catalogue.ts";
import type { Catalogue } from "../lib/release/catalogue.ts";
import { openStore } from "./open-store.ts";

/**
 * The catalogue of a dataset in the store; empty if there is none. Throws `CatalogueError`, and errors of AWS: a role that may not list the
 * bucket is refused a file that is missing.
 */
export const readStoredCatalogue = async (dataset: string): Promise<Catalogue> =>
  (await readCatalogueOrEmpty(openStore(), dataset)).catalogue;
