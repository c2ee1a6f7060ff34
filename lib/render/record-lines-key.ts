/** Key of the list of record lines of a version. */
export const recordLinesKey = (dataset: string, version: string): string => `pages/${dataset}/explorer/${version}.lines.json`;

export const isRecordLinesKey = (key: string): boolean => /^pages\/[^/]+\/explorer\/[\d.]+\.lines\.json$/.test(key);
