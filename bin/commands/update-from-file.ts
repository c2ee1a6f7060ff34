import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { readDataset } from "../../lib/check/read-dataset.ts";
import { DATASET_FILE, SCHEMA_FILE } from "../../lib/contract/dataset-files.ts";
import { plural } from "../../lib/contract/plural.ts";
import type { TableOptions } from "../../lib/csv-import/infer-table.ts";
import { type KnownTable, knownTable } from "../../lib/csv-import/known-table.ts";
import { readKnownTable } from "../../lib/csv-import/read-known-table.ts";
import { withAddedColumns } from "../../lib/csv-import/with-added-columns.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { fileProblem } from "../../lib/diagnostics/problem.ts";
import { colors } from "../colors.ts";
import { out } from "../out.ts";
import { shellWord } from "../shell-word.ts";
import { UsageError } from "../usage-error.ts";
import { csvTableName } from "./csv-table-name.ts";
import { explainCsvColumns } from "./explain-csv-columns.ts";
import { openCsv } from "./open-csv.ts";
import { printInferredTable } from "./print-inferred-table.ts";
import { printRefusal } from "./print-refusal.ts";
import { tableFileText } from "./table-file-text.ts";

/** Opens the table that a file updates. Returns undefined if there is none, after printing the reason. */
async function openKnown(folder: string, wanted: string): Promise<KnownTable | undefined> {
  if (!existsSync(folder)) throw new UsageError(`There is no dataset ${folder}`);
  const source = folderSource(folder);
  const { dataset, problems } = await readDataset(source);
  if (!dataset) return printRefusal(problems.map((problem) => ({ ...problem, file: `${folder}/${problem.file}` })));
  const known = knownTable(dataset, wanted, source);
  return typeof known === "string" ? printRefusal([fileProblem(folder, `The file cannot be compared with this dataset: ${known}`)]) : known;
}

/** A CSV file, the dataset that it updates, and the dataset to write: `name` in the folder `data`. */
interface NewerFile {
  path: string;
  folder: string;
  name: string;
  data: string;
}

/** Updates the files of a dataset from its newer CSV file. Returns undefined, with the reason printed, if types or key would change. */
export async function updateFromFile(
  { path, folder, name, data }: NewerFile,
  options: TableOptions,
): Promise<Record<string, string | AsyncIterable<string>> | undefined> {
  const table = await openCsv(path);
  if (!table) return undefined;
  const file = basename(path);
  const known = await openKnown(folder, csvTableName(name, file).tableName);
  if (!known) return undefined;
  const { inferred, added, problems } = await explainCsvColumns(path, () =>
    readKnownTable(path, table, known, { ...options, schemaFile: `${folder}/${SCHEMA_FILE}` }),
  );
  if (!inferred) {
    printRefusal(problems);
    out(`${escapeControlChars(folder)} is unchanged. For a separate dataset, choose another name than ${name}.`);
    return undefined;
  }
  printInferredTable({ file, table, inferred });
  const target = join(data, name);
  const move = (moved: string): string => `mv ${shellWord(join(target, moved))} ${shellWord(`${folder}/`)}`;
  const newColumns = added.map((column) => column.name).join(", ");
  out(`
${colors.bold(target)}  read by ${escapeControlChars(folder)}/schema.json
  ${known.file}  ${plural(inferred.rows, "record")}: ${move(known.file)}
  schema.json  ${added.length === 0 ? "unchanged" : `with the new column${added.length > 1 ? "s" : ""} ${newColumns}: ${move(SCHEMA_FILE)}`}`);
  return {
    [DATASET_FILE]: await readFile(join(folder, DATASET_FILE), "utf8"),
    [SCHEMA_FILE]:
      added.length === 0
        ? await readFile(join(folder, SCHEMA_FILE), "utf8")
        : `${JSON.stringify(withAddedColumns(known, added), null, 2)}\n`,
    [known.file]: tableFileText(inferred),
  };
}
