/** Key of the catalogue of a dataset in its store. */
export const catalogueKey = (dataset: string): string => `${dataset}/releases.json`;
