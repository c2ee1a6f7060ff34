/** Folder of the SQL checks in a dataset. */
export const CHECKS = "checks/";

export const isSqlCheckFile = (path: string): boolean => /^checks\/[^/]+\.sql$/.test(path);
