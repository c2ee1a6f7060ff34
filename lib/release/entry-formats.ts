import { FIRST_FORMATS } from "../contract/first-formats.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { CatalogueEntry } from "./catalogue.ts";

/** The formats of an entry, where they are not those of entries that name none. */
export const entryFormats = ({ formats }: Pick<Dataset, "formats">): Pick<CatalogueEntry, "formats"> =>
  formats === undefined || formats.join() === FIRST_FORMATS.join() ? {} : { formats };
