import { ndjsonFormat } from "./ndjson-format.ts";

/** The file from which records of a release are read back. */
export const ndjsonRecordsFile = (table: string): string => `${table}.${ndjsonFormat.extension}`;
