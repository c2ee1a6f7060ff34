import { basename } from "node:path";
import { columnNameFrom } from "../../lib/csv-import/column-names.ts";
import { type InferredTable, inferTable, type TableOptions, tableSchema } from "../../lib/csv-import/infer-table.ts";
import { UnknownColumn } from "../../lib/csv-import/resolve-columns.ts";
import { isTableName } from "../../lib/dataset/is-table-name.ts";
import type { CsvTable } from "../../lib/ports/ports.ts";
import type { Schema } from "../../lib/schema/table-plan.ts";
import { UsageError } from "../usage-error.ts";
import { openCsv } from "./open-csv.ts";
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
  const name = columnNameFrom(title);
  return isTableName(name) && name !== dataset ? name : "records";
};

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
