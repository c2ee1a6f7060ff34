import { readCatalogueOrEmpty } from "../lib/ports/read-catalogue.ts";
import type { Catalogue } from "../lib/release/catalogue.ts";
import { openBucketReader } from "./open-bucket-reader.ts";

/**
 * The catalogue of a dataset in the store; empty if there is none. Throws `CatalogueError` and AWS errors: to a role without permission to
 * list the bucket, AWS denies access to a missing object.
 */
export const readStoredCatalogue = async (dataset: string): Promise<Catalogue> =>
  (await readCatalogueOrEmpty(openBucketReader(), dataset)).catalogue;
