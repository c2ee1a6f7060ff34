/** Names of files that every release has next to its tables. */
export const RESERVED_NAMES = new Set([
  "schema",
  "datapackage",
  "changes",
  "index",
  "readme",
  "license",
  "citation",
  "sha256sums",
  "releases",
  "feed",
  "dataset",
  "explorer",
]);

/** A name that is valid as a file name on every system. */
export const NAME = /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/i;

/** Whether a name is valid for a table. */
export const isTableName = (name: string): boolean => NAME.test(name) && !RESERVED_NAMES.has(name.toLowerCase());
