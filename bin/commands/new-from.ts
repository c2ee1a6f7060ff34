import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { csvFile } from "../../lib/adapters/folder/csv-file.ts";
import { ifExists } from "../../lib/adapters/folder/has-error-code.ts";
import { problemText } from "../../lib/adapters/terminal/problem-text.ts";
import { nameFrom } from "../../lib/csv-import/column-names.ts";
import {
  type InferredTable,
  type InferredTableColumn,
  inferredRecords,
  inferTable,
  type TableOptions,
  tableSchema,
} from "../../lib/csv-import/infer-table.ts";
import { UnknownColumn } from "../../lib/csv-import/resolve-columns.ts";
import { isTableName } from "../../lib/dataset/check-schema.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { fileProblem, type Problem } from "../../lib/diagnostics/problem.ts";
import { type CsvTable, UnreadableSourceError } from "../../lib/ports/ports.ts";
import type { Schema } from "../../lib/schema/table-plan.ts";
import { UsageError } from "../find-datasets.ts";
import { colors, out, plural } from "../terminal.ts";

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
export const tableNameFor = (dataset: string, title: string): string => {
  const name = nameFrom(title);
  return isTableName(name) && name !== dataset ? name : "records";
};

export function refuse(problems: readonly Problem[]): undefined {
  for (const problem of problems) out(`${problemText("", problem, colors)}\n`);
  out(colors.bold(`${plural(problems.length, "problem")}; nothing was written`));
}

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
    return refuse([fileProblem(path, error.message)]);
  }
}

/** Reads a file. Undefined where it has problems, which are printed. */
export async function inferFile(dataset: string, path: string, options: TableOptions): Promise<CsvImport | undefined> {
  const table = await openCsv(path);
  if (!table) return undefined;
  const file = basename(path);
  const { inferred, problems } = await orExplain(path, () => inferTable(path, table, options));
  if (!inferred) return refuse(problems);
  const title = file.replace(/\.[^.]*$/, "");
  return { file, title, tableName: tableNameFor(dataset, title), table, inferred, schema: tableSchema(inferred, title) };
}

/** Names the file where a column was asked for that it does not have. */
export async function orExplain<T>(path: string, infer: () => Promise<T>): Promise<T> {
  try {
    return await infer();
  } catch (error) {
    if (error instanceof UnknownColumn) throw new UsageError(`In ${path} ${error.message}`);
    throw error;
  }
}

/** The records as the text of a file in the usual shape. */
export async function* jsonLines(inferred: InferredTable): AsyncGenerator<string> {
  let before = "[\n";
  for await (const record of inferredRecords(inferred)) {
    yield `${before}  ${JSON.stringify(record, null, 2).replaceAll("\n", "\n  ")}`;
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

const DELIMITERS: Record<string, string> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars" };

const MAX_SHOWN = 40;
const short = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN).toWellFormed()}…` : text);

const describe = ({ kind, required }: InferredTableColumn, part: string): string =>
  `${kind}${part ? `, ${part}` : required ? "" : ", may be missing"}`;

const partOf = ({ name }: InferredTableColumn, key: readonly string[]): string =>
  key.includes(name) ? (key.length > 1 ? "part of the key" : "the key") : "";

/** Prints the type of each column, and why. */
export function printTable({
  file,
  table,
  inferred: { columns, key, keyNotes, rows, notes },
}: Pick<CsvImport, "file" | "table" | "inferred">): void {
  out(`${colors.bold(escapeControlChars(file))}  ${plural(rows, "row")}, cells separated by ${DELIMITERS[table.delimiter]}\n`);
  const lines = columns.map((column) => [column.name, describe(column, partOf(column, key)), escapeControlChars(short(column.header))]);
  const width = (i: number): number => Math.max(...lines.map((line) => line[i]?.length ?? 0));
  const [names, kinds] = [width(0), width(1)];
  for (const [i, [name = "", kind = "", header]] of lines.entries()) {
    const column = columns[i] as InferredTableColumn;
    out(`  ${colors.bold(name.padEnd(names))}  ${kind.padEnd(kinds)}  ${colors.dim(header ?? "")}`.trimEnd());
    for (const note of [...(name === key[0] ? keyNotes : []), ...column.notes]) out(`  ${" ".repeat(names)}  ${escapeControlChars(note)}`);
  }
  if (notes.length > 0) out("");
  for (const note of notes) out(`  ${note}`);
}

/** Prints what was made, and what is left to do by hand. */
export function printNext({ file, tableName, inferred }: CsvImport, folder: string, check: string): void {
  out(`
${colors.bold(folder)}
  ${tableName}.json  ${plural(inferred.rows, "record")}: from now on these are the data, and ${escapeControlChars(file)} can go
  schema.json  types, required, primaryKey: where an inferred type is too narrow, change it here; say what a row and each column is
  dataset.json  title, description and licence are yours to write;
                with "release": {"version": "1.0.0"}, the next commit is published

To change a type or the key: remove ${folder}, and run this again with --text COLUMN (stays text) or --key COLUMN,COLUMN
  ${check}
  factpress start`);
}
