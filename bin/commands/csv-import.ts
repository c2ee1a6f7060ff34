import { basename } from "node:path";
import { columnNameFrom } from "../../lib/csv-import/column-names.ts";
import { type InferredTable, inferTable, type TableOptions, tableSchema } from "../../lib/csv-import/infer-table.ts";
import { UnknownColumnError } from "../../lib/csv-import/resolve-columns.ts";
import { isTableName } from "../../lib/dataset/is-table-name.ts";
import type { CsvTable } from "../../lib/ports/ports.ts";
import type { Schema } from "../../lib/schema/table-plan.ts";
import { UsageError } from "../usage-error.ts";
import { openCsv } from "./open-csv.ts";
import { printRefusal } from "./print-refusal.ts";

/** A CSV file, and the table inferred from it. */
export interface CsvImport {
  file: string;
  title: string;
  tableName: string;
  table: CsvTable;
  inferred: InferredTable;
  schema: Schema;
}

/** A date at the start or the end of a file's name: the next state of the table will have another. */
const FILE_DATE = /^\d{4}-?[01]\d(?:-?[0-3]\d)?(?:[^\p{L}\p{N}]+|$)|[^\p{L}\p{N}]+\d{4}-?[01]\d(?:-?[0-3]\d)?$/gu;

/** The title and the name of the table that a file holds, from the file's name without its date. */
export function csvTableName(dataset: string, file: string): { title: string; tableName: string } {
  const title = file.replace(/\.[^.]*$/, "").replaceAll(FILE_DATE, "");
  const tableName = columnNameFrom(title);
  // A release would hold two files of that name.
  const isTaken = tableName === dataset;
  return /\p{L}/u.test(title)
    ? { title, tableName: isTableName(tableName) && !isTaken ? tableName : "records" }
    : { title: "Records", tableName: "records" };
}

/** Infers a table from a file. Returns undefined if it has problems, which are printed. */
export async function inferCsvFile(dataset: string, path: string, options: TableOptions): Promise<CsvImport | undefined> {
  const table = await openCsv(path);
  if (!table) return undefined;
  const file = basename(path);
  const { inferred, problems } = await explainCsvColumns(path, () => inferTable(path, table, options));
  if (!inferred) return printRefusal(problems);
  const named = csvTableName(dataset, file);
  return { file, ...named, table, inferred, schema: tableSchema(inferred, named.title) };
}

/** Adds the file name to the error for an unknown column. */
export async function explainCsvColumns<T>(path: string, infer: () => Promise<T>): Promise<T> {
  try {
    return await infer();
  } catch (error) {
    if (error instanceof UnknownColumnError) throw new UsageError(`In ${path} ${error.message}`);
    throw error;
  }
}
