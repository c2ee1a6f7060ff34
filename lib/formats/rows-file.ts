import { ROWS_FORMAT } from "./formats.ts";

/** The file of a table whose lines are the rows of a page, and whose columns messages about changes name. */
export const rowsFile = (table: string): string => `${table}.${ROWS_FORMAT.extension}`;
