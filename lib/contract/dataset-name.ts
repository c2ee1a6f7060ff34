/** Pattern of dataset names, which appear in addresses. */
export const DATASET_NAME = "^[a-z0-9]+(-[a-z0-9]+)*$";

const pattern = new RegExp(DATASET_NAME);

/** Whether a name is valid for a dataset. */
export const isDatasetName = (name: string): boolean => name.length <= 100 && pattern.test(name);

/** Names that no dataset may have: the site uses them as first path segments. */
export const RESERVED_DATASET_NAMES: ReadonlySet<string> = new Set(["pages", "assets", "preview", "verify"]);
