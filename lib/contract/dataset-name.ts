/** Names of datasets: they stand in addresses. */
export const DATASET_NAME = "^[a-z0-9]+(-[a-z0-9]+)*$";

const pattern = new RegExp(DATASET_NAME);

/** Whether a folder's name can be the name of a dataset. */
export const isDatasetName = (name: string): boolean => name.length <= 100 && pattern.test(name);
