/** Key of the list of record lines of a version. */
export const linesKey = (dataset: string, version: string): string => `pages/${dataset}/explorer/${version}.lines.json`;

export const isLinesKey = (key: string): boolean => /^pages\/[^/]+\/explorer\/[\d.]+\.lines\.json$/.test(key);
