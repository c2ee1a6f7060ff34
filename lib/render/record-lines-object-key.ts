/** Key of the list of record lines of a version. */
export const recordLinesObjectKey = (dataset: string, version: string): string => `pages/${dataset}/explorer/${version}.lines.json`;

export const isRecordLinesObjectKey = (key: string): boolean => /^pages\/[^/]+\/explorer\/[\d.]+\.lines\.json$/.test(key);
