/** Name of the catalogue of a dataset. */
export const CATALOGUE_FILE = "releases.json";

/** Key of the catalogue of a dataset in its store. */
export const catalogueObjectKey = (dataset: string): string => `${dataset}/${CATALOGUE_FILE}`;
