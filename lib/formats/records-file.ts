import { RECORDS_FORMAT } from "./formats.ts";

/** The file from which the records of a table are read back. */
export const recordsFile = (table: string): string => `${table}.${RECORDS_FORMAT.extension}`;
