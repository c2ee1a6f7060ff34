import { basename } from "node:path";
import { inferredTableSchema, inferTable, type TableOptions } from "../../lib/csv-import/infer-table.ts";
import type { CsvImport } from "./csv-import.ts";
import { csvTableName } from "./csv-table-name.ts";
import { explainCsvColumns } from "./explain-csv-columns.ts";
import { openCsv } from "./open-csv.ts";
import { printRefusal } from "./print-refusal.ts";

/** Infers a table from a file. Returns undefined if it has problems, which are printed. */
export async function inferCsvFile(dataset: string, path: string, options: TableOptions): Promise<CsvImport | undefined> {
  const table = await openCsv(path);
  if (!table) return undefined;
  const file = basename(path);
  const { inferred, problems } = await explainCsvColumns(path, () => inferTable(path, table, options));
  if (!inferred) return printRefusal(problems);
  const named = csvTableName(dataset, file);
  return { file, ...named, table, inferred, schema: inferredTableSchema(inferred, named.title) };
}
