import { ROWS_FORMAT } from "./formats.ts";

/** The file of a table whose lines are the rows on pages, and which messages about column changes name. */
export const rowsFile = (table: string): string => `${table}.${ROWS_FORMAT.extension}`;
