import { FIRST_FORMATS } from "../contract/first-formats.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { CatalogueEntry } from "./catalogue.ts";

/** The property `formats` of an entry; omitted if it equals the default. */
export const entryFormats = ({ formats }: Pick<Dataset, "formats">): Pick<CatalogueEntry, "formats"> =>
  formats === undefined || formats.join() === FIRST_FORMATS.join() ? {} : { formats };
