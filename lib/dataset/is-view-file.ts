/** Folder of the views in a dataset. */
export const VIEWS = "views/";

export const isViewFile = (path: string): boolean => /^views\/[^/]+\.(?:sql|json)$/.test(path);
