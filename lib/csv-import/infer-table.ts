import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { JsonRecord } from "../formats/value.ts";
import type { CsvRow, CsvTable } from "../ports/ports.ts";
import type { Schema } from "../schema/schema.ts";
import { checkKey } from "./check-key.ts";
import { chooseKey } from "./choose-key.ts";
import { columnNameFrom } from "./column-names.ts";
import { dayNumberNotes } from "./day-number-notes.ts";
import type { DecimalSeparator } from "./file-locale.ts";
import type { InferredColumn } from "./infer-column.ts";
import { mayBeKey } from "./is-key-name.ts";
import { omittedColumnNotes } from "./omitted-column-notes.ts";
import {
  type ColumnRequests,
  type NamedColumn,
  type ResolvedColumn,
  resolveColumnLocale,
  resolveColumnNames,
  resolveColumns,
  resolveRequestedColumns,
} from "./resolve-columns.ts";
import { scanTable, scanTableRows } from "./table-scan.ts";
import { readTableStart } from "./table-start.ts";

export interface InferredTableColumn extends InferredColumn {
  name: string;
  header: string;
  /** Index of its cell in a row; undefined for the row number. */
  index: number | undefined;
}

/** The table inferred from a CSV file. */
export interface InferredTable {
  columns: InferredTableColumn[];
  /** The primary key, and why it was chosen. */
  key: string[];
  keyNotes: string[];
  rows: number;
  /** What was skipped, and what the user should review. */
  notes: string[];
  /** The rows of the table. */
  records(): AsyncIterable<CsvRow>;
}

/** The user's requests. Columns are named by inferred name or by header. */
export interface TableOptions {
  /** Columns that stay text. */
  text?: readonly string[];
  /** Columns in which cells that differ only in spelling become one value. */
  merge?: readonly string[];
  /** The columns of the key. */
  key?: readonly string[];
  decimal?: DecimalSeparator;
}

/** The column that numbers the rows. */
function rowNumbers(columns: readonly { name: string }[], file: string): InferredTableColumn {
  let name = "id";
  for (let n = 2; columns.some((column) => column.name === name); n += 1) name = n === 2 ? "row" : `row_${n - 1}`;
  return {
    name,
    header: "",
    index: undefined,
    kind: "whole number",
    schema: {
      type: "integer",
      description: `Number of the record, at first its place in ${file}; it never changes and is never used again.`,
    },
    required: true,
    rewrites: false,
    notes: [],
    read: () => undefined,
  };
}

const labelNote = ({ name }: NamedColumn, columns: readonly NamedColumn[]): string[] => {
  const base = name.endsWith("_label") && columns.find((column) => column.name === name.slice(0, -"_label".length));
  return base
    ? [`releases add such labels to columns that refer to another table; this one is kept as a separate column next to ${base.name}`]
    : [];
};

/** A resolved column as a column of the table. */
export const inferredTableColumn = (column: ResolvedColumn, all: readonly NamedColumn[]): InferredTableColumn => ({
  ...column.inferred,
  name: column.name,
  header: column.header.trim(),
  index: column.index,
  notes: [
    ...column.notes,
    ...column.inferred.notes,
    ...dayNumberNotes(column.name, column.inferred.schema, column.statistics),
    ...labelNote(column, all),
  ],
});

/** Infers a table from a CSV file, unless it has problems. Throws `UnknownColumnError`. */
export async function inferTable(
  file: string,
  table: CsvTable,
  options: TableOptions = {},
): Promise<{ inferred?: InferredTable; problems: Problem[] }> {
  const start = await readTableStart(table);
  const { scan, problems } = await scanTable(file, table, start, (header, index) => ({
    mayBeKey: mayBeKey(columnNameFrom(header), index),
  }));
  if (!scan) return { problems };
  const all = resolveColumnNames(scan);
  const rows = (): AsyncIterable<CsvRow> => scanTableRows(table, start, scan.endLine);
  const indexesOf = (requested: readonly string[] = []): number[] => resolveRequestedColumns(all, requested).map(({ index }) => index);
  const requested: ColumnRequests = {
    text: new Set(indexesOf(options.text)),
    merge: new Set(indexesOf(options.merge)),
    key: indexesOf(options.key),
  };
  const { columns, notes } = await resolveColumns(all, resolveColumnLocale(all, table.delimiter, options.decimal), requested, rows);
  const tried = columns.map((column) => ({ ...column, isUnique: column.trial?.holds === true && scan.rows > 0 }));
  const keyProblem = options.key ? await checkKey(requested.key, rows) : undefined;
  if (keyProblem) {
    const message = `--key ${options.key?.join(",")} ${keyProblem.message}`;
    return { problems: [{ ...fileProblem(file, message, "Correct the file, or name other columns."), line: keyProblem.line, column: 1 }] };
  }
  const choice = options.key ? { indexes: requested.key, notes: ["as requested"] } : await chooseKey(tried, scan.sample, rows);
  const inferred = columns.map((column) => inferredTableColumn(column, all));
  const isNumbered = choice.indexes.length === 0;
  const withKey = isNumbered ? [rowNumbers(all, file), ...inferred] : inferred;
  const key = isNumbered
    ? [withKey[0]?.name ?? "id"]
    : choice.indexes.flatMap((at) => inferred.filter(({ index }) => index === at).map(({ name }) => name));
  return {
    problems,
    inferred: {
      columns: withKey,
      key,
      keyNotes: choice.notes,
      rows: scan.rows,
      notes: [...scan.notes, ...omittedColumnNotes(scan), ...notes],
      records: rows,
    },
  };
}

/** The schema of the table. */
export const inferredTableSchema = ({ columns, key }: InferredTable, title: string): Schema => ({
  type: "array",
  title,
  primaryKey: key,
  items: {
    type: "object",
    required: columns.filter(({ name, required }) => required || key.includes(name)).map(({ name }) => name),
    additionalProperties: false,
    properties: Object.fromEntries(
      columns.map(({ name, header, schema: { type, ...keywords } }) => [name, { type, title: header || name, ...keywords }]),
    ),
  },
});

/** The records of a CSV file, read by the inferred types. */
export async function* inferredRecords({ columns, rows, records }: InferredTable): AsyncGenerator<JsonRecord> {
  let count = 0;
  for await (const row of records()) {
    count += 1;
    const record: JsonRecord = {};
    for (const { name, index, read } of columns) {
      const value = index === undefined ? count : read(row.cells[index] ?? "");
      if (value !== undefined) record[name] = value;
    }
    yield record;
  }
  if (count !== rows) throw new Error("The file changed while it was read");
}
