import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { csvFile } from "../../lib/adapters/folder/csv-file.ts";
import { ifExists } from "../../lib/adapters/folder/if-exists.ts";
import { nameFrom } from "../../lib/csv-import/column-names.ts";
import { type InferredTable, inferTable, type TableOptions, tableSchema } from "../../lib/csv-import/infer-table.ts";
import { UnknownColumn } from "../../lib/csv-import/resolve-columns.ts";
import { isTableName } from "../../lib/dataset/is-table-name.ts";
import { fileProblem } from "../../lib/diagnostics/problem.ts";
import { type CsvTable, UnreadableSourceError } from "../../lib/ports/ports.ts";
import type { Schema } from "../../lib/schema/table-plan.ts";
import { UsageError } from "../usage-error.ts";
import { printRefusal } from "./print-refusal.ts";

/** A CSV file, and what it seems to hold. */
export interface CsvImport {
  file: string;
  title: string;
  tableName: string;
  table: CsvTable;
  inferred: InferredTable;
  schema: Schema;
}

/** Named as the file is; another name where a release would hold two files of that name. */
export const csvTableName = (dataset: string, title: string): string => {
  const name = nameFrom(title);
  return isTableName(name) && name !== dataset ? name : "records";
};

/** Opens a CSV file. Undefined where it is none, which is printed. */
export async function openCsv(path: string): Promise<CsvTable | undefined> {
  const found = await ifExists(stat(path));
  if (!found) throw new UsageError(`There is no file ${path}`);
  if (found.isDirectory()) throw new UsageError(`${path} is a folder; --from takes a CSV file`);
  if (!found.isFile()) throw new UsageError(`${path} is no plain file; --from reads its file twice, so save it first`);
  try {
    return await csvFile(path);
  } catch (error) {
    if (!(error instanceof UnreadableSourceError)) throw error;
    return printRefusal([fileProblem(path, error.message)]);
  }
}

/** Reads a file. Undefined where it has problems, which are printed. */
export async function inferCsvFile(dataset: string, path: string, options: TableOptions): Promise<CsvImport | undefined> {
  const table = await openCsv(path);
  if (!table) return undefined;
  const file = basename(path);
  const { inferred, problems } = await explainCsvColumns(path, () => inferTable(path, table, options));
  if (!inferred) return printRefusal(problems);
  const title = file.replace(/\.[^.]*$/, "");
  return { file, title, tableName: csvTableName(dataset, title), table, inferred, schema: tableSchema(inferred, title) };
}

/** Names the file where a column was asked for that it does not have. */
export async function explainCsvColumns<T>(path: string, infer: () => Promise<T>): Promise<T> {
  try {
    return await infer();
  } catch (error) {
    if (error instanceof UnknownColumn) throw new UsageError(`In ${path} ${error.message}`);
    throw error;
  }
}
