import { columnNameFrom } from "../../lib/csv-import/column-names.ts";
import { isTableName } from "../../lib/dataset/is-table-name.ts";

/** A date at the start or end of a file name, which the next state of the table will not have. */
const FILE_DATE = /^\d{4}-?[01]\d(?:-?[0-3]\d)?(?:[^\p{L}\p{N}]+|$)|[^\p{L}\p{N}]+\d{4}-?[01]\d(?:-?[0-3]\d)?$/gu;

/** The title and the name of the table in a file, from the file name without its date. */
export function csvTableName(dataset: string, file: string): { title: string; tableName: string } {
  const title = file.replace(/\.[^.]*$/, "").replaceAll(FILE_DATE, "");
  const tableName = columnNameFrom(title);
  // A release would contain two files of that name.
  const isTaken = tableName === dataset;
  return /\p{L}/u.test(title)
    ? { title, tableName: isTableName(tableName) && !isTaken ? tableName : "records" }
    : { title: "Records", tableName: "records" };
}
