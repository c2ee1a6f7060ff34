import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { JsonRecord } from "../formats/cells.ts";
import type { CsvRow, CsvTable } from "../ports/ports.ts";
import type { Schema } from "../schema/table-plan.ts";
import { chooseKey, tryKey } from "./choose-key.ts";
import { nameFrom } from "./column-names.ts";
import type { DecimalSign } from "./file-locale.ts";
import type { ColumnGuess } from "./infer-column.ts";
import { isKeyName } from "./key-candidates.ts";
import { type Asked, findColumns, localeIn, type NamedColumn, named, type SettledColumn, settleColumns } from "./resolve-columns.ts";
import { startOf } from "./sheet-shape.ts";
import { scanTable, type TableScan, tableRows } from "./table-scan.ts";

export interface GuessedColumn extends ColumnGuess {
  name: string;
  header: string;
  /** Which cell of a row; undefined for the number of the row. */
  index: number | undefined;
}

/** What a CSV seems to hold. */
export interface TableGuess {
  columns: GuessedColumn[];
  /** The columns that tell rows apart, and why these. */
  key: string[];
  keyNotes: string[];
  rows: number;
  /** What was passed over, and what a person should look at. */
  notes: string[];
  /** The rows of the table. */
  records(): AsyncIterable<CsvRow>;
}

/** What a person says of a table. Columns are named as the guess names them, or as their header. */
export interface GuessOptions {
  /** Columns that stay text. */
  text?: readonly string[];
  /** Columns in which different spellings of one value may become one. */
  merge?: readonly string[];
  /** The columns of the key. */
  key?: readonly string[];
  decimal?: DecimalSign;
}

/** A column that numbers the rows. */
function rowNumbers(columns: readonly { name: string }[], file: string): GuessedColumn {
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

/** Days that a spreadsheet shows as dates, and counts from 1900. */
const serialNote = ({ name, guess, seen }: SettledColumn): string[] =>
  guess.schema.type === "integer" && /(^|_)(date|day|datum|fecha|dato|data)(_|$)/.test(name) && seen.looksSerial
    ? ["whole numbers of five digits: if they are Excel's days, format the column as a date there and save it again"]
    : [];

const labelNote = ({ name }: NamedColumn, columns: readonly NamedColumn[]): string[] => {
  const of = name.endsWith("_label") && columns.find((column) => column.name === name.slice(0, -"_label".length));
  return of
    ? [`a release adds such labels to columns that refer to another table; it is kept as a column of its own beside ${of.name}`]
    : [];
};

/** A settled column as it is told and taken over. */
export const asGuessed = (column: SettledColumn, all: readonly NamedColumn[]): GuessedColumn => ({
  ...column.guess,
  name: column.name,
  header: column.header.trim(),
  index: column.index,
  notes: [...column.notes, ...column.guess.notes, ...serialNote(column), ...labelNote(column, all)],
});

export const noneNotes = ({ columns }: TableScan): string[] =>
  columns.flatMap(({ header, seen }, i) =>
    header.trim() === "" && seen.isEmpty ? [`Column ${i + 1} was left out: it has neither a header nor a cell`] : [],
  );

/** Reads a CSV and says what its columns seem to be. Problems keep it from being taken. Throws `UnknownColumn`. */
export async function guessTable(
  file: string,
  table: CsvTable,
  options: GuessOptions = {},
): Promise<{ guess?: TableGuess; problems: Problem[] }> {
  const start = await startOf(table);
  const { scan, problems } = await scanTable(file, table, start, (header) => ({ mayBeKey: isKeyName(nameFrom(header)) }));
  if (!scan) return { problems };
  const all = named(scan);
  const rows = (): AsyncIterable<CsvRow> => tableRows(table, start, scan.endLine);
  const indexesOf = (asked: readonly string[] = []): number[] => findColumns(all, asked).map(({ index }) => index);
  const asked: Asked = { text: new Set(indexesOf(options.text)), merge: new Set(indexesOf(options.merge)), key: indexesOf(options.key) };
  const { columns, notes } = await settleColumns(all, localeIn(all, table.delimiter, options.decimal), asked, rows);
  const tried = columns.map((column) => ({ ...column, isUnique: column.trial?.holds === true && scan.rows > 0 }));
  const fault = options.key ? await tryKey(asked.key, rows) : undefined;
  if (fault) {
    const message = `--key ${options.key?.join(",")} does not tell the rows apart: ${fault.message}`;
    return { problems: [{ ...fileProblem(file, message, "Correct the file, or name other columns."), line: fault.line, column: 1 }] };
  }
  const choice = options.key ? { indexes: asked.key, notes: ["as asked"] } : await chooseKey(tried, scan.sample, rows);
  const guessed = columns.map((column) => asGuessed(column, all));
  const isNumbered = choice.indexes.length === 0;
  const withKey = isNumbered ? [rowNumbers(all, file), ...guessed] : guessed;
  const key = isNumbered
    ? [withKey[0]?.name ?? "id"]
    : choice.indexes.flatMap((at) => guessed.filter(({ index }) => index === at).map(({ name }) => name));
  return {
    problems,
    guess: {
      columns: withKey,
      key,
      keyNotes: choice.notes,
      rows: scan.rows,
      notes: [...scan.notes, ...noneNotes(scan), ...notes],
      records: rows,
    },
  };
}

/** The table's part of a schema. */
export const tableSchema = ({ columns, key }: TableGuess, title: string): Schema => ({
  type: "array",
  title,
  primaryKey: key,
  items: {
    type: "object",
    required: columns.filter(({ name, required }) => required || key.includes(name)).map(({ name }) => name),
    additionalProperties: false,
    properties: Object.fromEntries(
      columns.map(({ name, header, schema: { type, ...words } }) => [name, { type, title: header || name, ...words }]),
    ),
  },
});

/** The records of a CSV, as its columns were guessed. */
export async function* recordsOf({ columns, rows, records }: TableGuess): AsyncGenerator<JsonRecord> {
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
