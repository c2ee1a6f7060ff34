import { RECORDS_FORMAT } from "./formats.ts";

/** The file from which records of a release are read back. */
export const recordsFile = (table: string): string => `${table}.${RECORDS_FORMAT.extension}`;
