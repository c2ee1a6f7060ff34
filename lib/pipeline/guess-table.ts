import { type ColumnGuess, decideColumn } from "../dataset/guess-column.ts";
import { type Decision, signShownIn } from "../dataset/guess-fit.ts";
import { isCodeName, isKeyName } from "../dataset/guess-key.ts";
import { type DecimalSign, type FileLocale, localeOf } from "../dataset/guess-locale.ts";
import { columnNames, nameFrom } from "../dataset/guess-names.ts";
import { COLUMN_TYPES } from "../dataset/guess-types.ts";
import { inFile, type Problem } from "../dataset/problem.ts";
import type { Schema } from "../dataset/table-plan.ts";
import type { JsonRecord } from "../export/cells.ts";
import { agree, ClashCheck, clashText, type DateColumns } from "./cell-clashes.ts";
import { chooseKey, tryKey } from "./choose-key.ts";
import { startOf } from "./guess-shape.ts";
import type { CsvRow, CsvTable } from "./ports.ts";
import { type ScannedColumn, scanTable, type TableScan, tableRows } from "./table-scan.ts";

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

/** A column that a person named, and the file does not have. */
export class UnknownColumn extends Error {
  override name = "UnknownColumn";
}

interface NamedColumn extends ScannedColumn {
  name: string;
  index: number;
  notes: string[];
}

/** A column with neither header nor cell is none. */
const named = ({ columns }: TableScan): NamedColumn[] => {
  const names = columnNames(columns.map(({ header }) => header));
  return columns.flatMap((column, index) => {
    const { name = "", note } = names[index] ?? {};
    const isNone = column.header.trim() === "" && column.seen.isEmpty;
    return isNone ? [] : [{ ...column, name, index, notes: note ? [note] : [] }];
  });
};

/** The columns that a person named. Throws `UnknownColumn`. */
function findColumns<T extends { name: string; header: string }>(columns: readonly T[], asked: readonly string[] = []): T[] {
  return asked.map((wanted) => {
    const found = columns.find(({ name }) => name === wanted) ?? columns.find(({ header }) => header.trim() === wanted.trim());
    if (!found) throw new UnknownColumn(`there is no column "${wanted}"; the columns are: ${columns.map(({ name }) => name).join(", ")}`);
    return found;
  });
}

/** Columns that a release would make of a date beside them. */
const dateColumnsOf = (columns: readonly NamedColumn[]): DateColumns[] =>
  columns.flatMap(({ name, index, seen }) => {
    const at = (suffix: string): number | undefined => columns.find((column) => column.name === `${name}${suffix}`)?.index;
    const [start, end] = [at("_start"), at("_end")];
    const isDate = seen.counts.some(({ type, fits }) => type.schema.format === "edtf" && fits === seen.cells && fits > 0);
    return isDate && start !== undefined && end !== undefined ? [{ date: index, start, end }] : [];
  });

/** What a second reading of the file found, where one was needed. */
async function compareCells(
  columns: readonly (NamedColumn & { guess: ColumnGuess })[],
  rows: () => AsyncIterable<CsvRow>,
): Promise<{ clashes: Map<number, string>; derived: DateColumns[] }> {
  const checks = columns.filter(({ guess }) => guess.rewrites).map(({ index, guess }) => ({ index, check: new ClashCheck(guess) }));
  let derived = dateColumnsOf(columns);
  if (checks.length > 0 || derived.length > 0)
    for await (const { cells, line } of rows()) {
      for (const { index, check } of checks) check.add(cells[index] ?? "", line);
      if (derived.length > 0) derived = derived.filter((days) => agree(cells, days));
    }
  const clashes = checks.flatMap(({ index, check }): [number, string][] => (check.clash ? [[index, clashText(check.clash)]] : []));
  return { clashes: new Map(clashes), derived };
}

const EDTF = COLUMN_TYPES.filter(({ schema }) => schema.format === "edtf");

/** Why a column cannot be what it seems to be, because of the columns beside it. */
function whyBeside(name: string, guess: ColumnGuess, columns: readonly NamedColumn[]): string | undefined {
  if (guess.schema.format !== "edtf") return undefined;
  const other = columns.find((column) => column.name === `${name}_start` || column.name === `${name}_end`);
  return other && `kept as text: a release adds ${name}_start and ${name}_end to dates, and ${other.name} is here already`;
}

/** The same with the words of a person who said so. */
interface Asked {
  text: ReadonlySet<number>;
  merge: ReadonlySet<number>;
  key: readonly number[];
}

function decide(columns: readonly NamedColumn[], locale: FileLocale, { text, key }: Asked): (NamedColumn & { guess: ColumnGuess })[] {
  return columns.map((column) => {
    const { name, seen, index } = column;
    const decision: Decision = { name, locale, isCode: isCodeName(name) || key.includes(index) };
    if (text.has(index)) decision.asText = "kept as text, as asked";
    const guess = decideColumn(seen, decision);
    if (!key.includes(index) || guess.required || seen.empty.count > 0) return { ...column, guess };
    return { ...column, guess: decideColumn(seen, { ...decision, asText: "kept as text: part of the key" }) };
  });
}

/** Settles what each column is, now that all cells have been compared. */
async function settle(
  columns: readonly NamedColumn[],
  locale: FileLocale,
  asked: Asked,
  rows: () => AsyncIterable<CsvRow>,
): Promise<{ columns: (NamedColumn & { guess: ColumnGuess })[]; notes: string[] }> {
  const first = decide(columns, locale, asked);
  const { clashes, derived } = await compareCells(first, rows);
  const left = new Set(derived.flatMap(({ start, end }) => [start, end]));
  const isDate = new Set(derived.map(({ date }) => date));
  const settled = first.flatMap((column) => {
    const { name, seen, index, guess } = column;
    if (left.has(index)) return [];
    const clash = clashes.get(index);
    if (clash !== undefined && asked.merge.has(index))
      return [
        {
          ...column,
          guess: {
            ...guess,
            notes: [
              ...guess.notes,
              `as asked, cells become one value where only their spelling differs: ${clash.replace("would become", "become")}`,
            ],
          },
        },
      ];
    if (clash !== undefined) {
      const asText = `kept as text: ${clash}; write them in one way, or say --merge ${name}`;
      return [{ ...column, guess: decideColumn(seen, { name, locale, asText, keepGuards: true }) }];
    }
    if (isDate.has(index)) return [{ ...column, guess: { ...guess, ...dateGuess(guess) } }];
    const beside = whyBeside(name, guess, columns);
    return [beside === undefined ? column : { ...column, guess: decideColumn(seen, { name, locale, asText: beside }) }];
  });
  const notes = derived.map(({ date }) => {
    const name = columns.find(({ index }) => index === date)?.name;
    return `${name}_start and ${name}_end were left out: a release makes them of ${name}`;
  });
  return { columns: settled, notes };
}

/** A date that stands beside its days may be partial, though none is here. */
const dateGuess = ({ required, notes }: ColumnGuess): Partial<ColumnGuess> => {
  const [type] = EDTF;
  return type
    ? {
        kind: type.kind,
        schema: type.schema,
        required,
        notes,
        rewrites: false,
        read: (cell) => (cell === "" ? undefined : type.parse(cell)),
      }
    : {};
};

/** A column that numbers the rows. */
function rowNumbers(columns: readonly { name: string }[], file: string): GuessedColumn {
  let name = "id";
  for (let n = 2; columns.some((column) => column.name === name); n += 1) name = n === 2 ? "row" : `row_${n}`;
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
const serialNote = ({ name, guess, seen }: NamedColumn & { guess: ColumnGuess }): string[] =>
  guess.schema.type === "integer" && /(^|_)(date|day|datum|fecha|dato|data)(_|$)/.test(name) && seen.looksSerial
    ? ["whole numbers of five digits: if they are Excel's days, format the column as a date there and save it again"]
    : [];

const labelNote = ({ name }: NamedColumn, columns: readonly NamedColumn[]): string[] => {
  const of = name.endsWith("_label") && columns.find((column) => column.name === name.slice(0, -"_label".length));
  return of
    ? [`a release adds such labels to columns that refer to another table; it is kept as a column of its own beside ${of.name}`]
    : [];
};

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
  const shows = all.map(({ name, seen }) => ({ name, shows: signShownIn(seen, table.delimiter) }));
  const locale = localeOf(table.delimiter, shows, options.decimal);
  const { columns, notes } = await settle(all, locale, asked, rows);
  const tried = columns.map((column) => ({ ...column, isUnique: column.trial?.holds === true && scan.rows > 0 }));
  const fault = options.key ? await tryKey(asked.key, rows) : undefined;
  if (fault) {
    const message = `--key ${options.key?.join(",")} does not tell the rows apart: ${fault.message}`;
    return { problems: [{ ...inFile(file, message, "Correct the file, or name other columns."), line: fault.line, column: 1 }] };
  }
  const choice = options.key ? { indexes: asked.key, notes: ["as asked"] } : await chooseKey(tried, scan.sample, rows);
  const guessed = columns.map(
    (column): GuessedColumn => ({
      ...column.guess,
      name: column.name,
      header: column.header.trim(),
      index: column.index,
      notes: [...column.notes, ...column.guess.notes, ...serialNote(column), ...labelNote(column, all)],
    }),
  );
  const isNumbered = choice.indexes.length === 0;
  const withKey = isNumbered ? [rowNumbers(all, file), ...guessed] : guessed;
  const key = isNumbered
    ? [withKey[0]?.name ?? "id"]
    : choice.indexes.flatMap((at) => guessed.filter(({ index }) => index === at).map(({ name }) => name));
  const none = scan.columns.flatMap(({ header, seen }, i) =>
    header.trim() === "" && seen.isEmpty ? [`Column ${i + 1} was left out: it has neither a header nor a cell`] : [],
  );
  return {
    problems,
    guess: { columns: withKey, key, keyNotes: choice.notes, rows: scan.rows, notes: [...scan.notes, ...none, ...notes], records: rows },
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
