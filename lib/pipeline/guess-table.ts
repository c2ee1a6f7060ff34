import { characterName, hiddenIn } from "../dataset/characters.ts";
import { type ColumnGuess, ColumnGuesser } from "../dataset/guess-column.ts";
import { columnNames, nameFrom } from "../dataset/guess-names.ts";
import { byPlace, type Problem } from "../dataset/problem.ts";
import type { Schema } from "../dataset/table-plan.ts";
import type { JsonRecord } from "../export/cells.ts";
import { KeyIndex } from "./key-index.ts";
import { type CsvRow, type CsvTable, UnreadableAt } from "./ports.ts";

export interface GuessedColumn extends ColumnGuess {
  name: string;
  header: string;
  /** Which cell of a row; undefined for the number of the row. */
  index: number | undefined;
}

/** What a CSV seems to hold. */
export interface TableGuess {
  columns: GuessedColumn[];
  /** The column that tells rows apart, and why this one. */
  key: string;
  keyNote: string;
  rows: number;
  /** What was passed over. */
  notes: string[];
}

const MAX_COLUMNS = 1000;
const MAX_HEADER = 1000;
const MAX_KEY = 100;
/** So many columns from the left may be the key, and those named so: cells of each are kept to compare them. */
const MAX_CANDIDATES = 20;
const MAX_PROBLEMS = 100;

/** A column while its cells come in. */
class Seen {
  readonly guesser: ColumnGuesser;
  /** The cells so far, as long as they could tell rows apart. */
  keys: KeyIndex | undefined;

  constructor(delimiter: string, mayBeKey: boolean) {
    this.keys = mayBeKey ? new KeyIndex() : undefined;
    this.guesser = new ColumnGuesser(delimiter);
  }

  add(cell: string, line: number): void {
    this.guesser.add(cell, line);
    if (this.keys && (cell === "" || cell.length > MAX_KEY || /[\r\n]/.test(cell) || this.keys.add(cell) === undefined))
      this.keys = undefined;
  }
}

/** Counts what is passed over, and keeps where the first was. */
class PassedOver {
  #first = 0;
  #count = 0;
  add(line: number): void {
    this.#first ||= line;
    this.#count += 1;
  }
  note(what: string): string[] {
    return this.#count === 0 ? [] : [`${what}: line ${this.#first}${this.#count > 1 ? `, and ${this.#count - 1} more` : ""}`];
  }
}

const KEY_NAMES = [/^(id|key|code)$/, /_(id|key|code)$/];
const isKeyName = (name: string): boolean => KEY_NAMES.some((pattern) => pattern.test(name));

const isBlank = ({ cells }: CsvRow): boolean => cells.every((cell) => cell === "");

/** What no text of a dataset may hold is refused here already, at its line. */
function hiddenProblem(file: string, { line, cells }: CsvRow): Problem | undefined {
  const at = cells.findIndex((cell) => hiddenIn(cell) !== undefined);
  const found = hiddenIn(cells[at] ?? "");
  return found === undefined
    ? undefined
    : {
        file,
        line,
        column: 1,
        message: `Cell ${at + 1} of this row holds ${characterName(found)}`,
        remedy: "Delete it in the spreadsheet.",
      };
}

function headerProblem(file: string, { line, cells }: CsvRow): Problem | undefined {
  const say = (message: string): Problem => ({
    file,
    line,
    column: 1,
    message,
    remedy: "The first row names the columns, one short text each.",
  });
  if (cells.length > MAX_COLUMNS) return say(`The first row has ${cells.length} cells; a table has at most ${MAX_COLUMNS} columns`);
  const long = cells.findIndex((cell) => cell.length > MAX_HEADER);
  return long < 0 ? undefined : say(`Cell ${long + 1} of the first row has more than ${MAX_HEADER} characters`);
}

/** The column that tells rows apart; where there is none, a new one with the number of the row. */
function withKey(columns: GuessedColumn[], unique: ReadonlySet<string>, file: string): Pick<TableGuess, "columns" | "key" | "keyNote"> {
  const able = columns.filter(
    ({ name, required, verbatim, schema }) =>
      required && verbatim && unique.has(name) && (schema.type === "integer" || (schema.type === "string" && !schema.enum)),
  );
  const named = KEY_NAMES.flatMap((pattern) => able.filter(({ name }) => pattern.test(name)))[0];
  // Amounts may all differ by chance; texts, and what stands first, hardly do.
  const key = named ?? able.find(({ schema, index }) => schema.type === "string" || index === 0);
  if (key) return { columns, key: key.name, keyNote: "no cell is empty and no two are the same" };
  let name = "id";
  for (let n = 2; columns.some((column) => column.name === name); n += 1) name = n === 2 ? "row" : `row_${n}`;
  const number: GuessedColumn = {
    name,
    header: "",
    index: undefined,
    kind: "whole number",
    schema: {
      type: "integer",
      description: `Number of the record, at first its place in ${file}; it never changes and is never used again.`,
    },
    required: true,
    verbatim: true,
    notes: [],
    read: () => undefined,
  };
  return { columns: [number, ...columns], key: name, keyNote: "added, as no column tells the rows apart: it numbers them" };
}

/** Reads a CSV once and says what its columns seem to be; `asText` are to stay text. Problems keep it from being taken. */
export async function guessTable(
  file: string,
  table: CsvTable,
  asText: ReadonlySet<string>,
): Promise<{ guess?: TableGuess; problems: Problem[] }> {
  const problems: Problem[] = [];
  let header: CsvRow | undefined;
  const seen: Seen[] = [];
  const [blank, longer] = [new PassedOver(), new PassedOver()];
  let rows = 0;
  try {
    for await (const row of table.rows()) {
      const hidden = hiddenProblem(file, row);
      if (hidden) problems.push(hidden);
      if (problems.length >= MAX_PROBLEMS) break;
      if (isBlank(row)) blank.add(row.line);
      else if (!header) {
        header = row;
        const problem = headerProblem(file, row);
        if (problem) return { problems: [problem] };
        seen.push(...row.cells.map((cell, i) => new Seen(table.delimiter, i < MAX_CANDIDATES || isKeyName(nameFrom(cell)))));
      } else {
        const width = seen.length;
        const { line, cells } = row;
        if (cells.length < width || cells.slice(width).some((cell) => cell !== ""))
          problems.push({
            file,
            line,
            column: 1,
            message: `This row has ${cells.length} cell${cells.length === 1 ? "" : "s"}, and the first row has ${width}`,
            remedy: "A cell that holds the sign between cells, or a line break, stands in quotes.",
          });
        if (cells.length > width) longer.add(line);
        for (const [i, column] of seen.entries()) column.add(cells[i] ?? "", line);
        rows += 1;
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableAt)) throw error;
    problems.push({ file, line: error.line, column: 1, message: error.message, remedy: error.remedy });
  }
  if (problems.length === 0 && !header)
    problems.push({ file, line: 0, column: 0, message: "The file holds no row", remedy: "The first row names the columns." });
  if (problems.length > 0 || !header) return { problems: problems.sort(byPlace) };
  const names = columnNames(header.cells);
  const taken = new Set(names.map(({ name }) => name));
  const empty = seen.map(({ guesser }, i) => guesser.isEmpty && header?.cells[i]?.trim() === "");
  const columns = names.flatMap(({ name, note }, index): GuessedColumn[] => {
    if (empty[index]) return [];
    let guess = (seen[index] as Seen).guesser.decide(asText.has(name));
    // A date that may be partial has columns for its first and last day.
    if (guess.schema.format === "edtf" && (taken.has(`${name}_start`) || taken.has(`${name}_end`)))
      guess = {
        ...(seen[index] as Seen).guesser.decide(true),
        notes: [`dates, but other columns are called ${name}_start or ${name}_end`],
      };
    return [{ ...guess, name, header: header?.cells[index]?.trim() ?? "", index, notes: [...(note ? [note] : []), ...guess.notes] }];
  });
  const unique = new Set(names.filter((_, i) => seen[i]?.keys && rows > 0).map(({ name }) => name));
  return {
    problems,
    guess: {
      ...withKey(columns, unique, file),
      rows,
      notes: [
        ...blank.note("Empty rows were left out"),
        ...longer.note("Empty cells after the last column were left out"),
        ...empty.flatMap((is, i) => (is ? [`Column ${i + 1} was left out: it has neither a header nor a cell`] : [])),
      ],
    },
  };
}

/** The table's part of a schema. */
export const tableSchema = ({ columns, key }: TableGuess, title: string): Schema => ({
  type: "array",
  title,
  primaryKey: [key],
  items: {
    type: "object",
    required: columns.filter(({ name, required }) => required || name === key).map(({ name }) => name),
    additionalProperties: false,
    properties: Object.fromEntries(
      columns.map(({ name, header, schema: { type, ...words } }) => [name, { type, title: header || name, ...words }]),
    ),
  },
});

/** The records of a CSV, as its columns were guessed. */
export async function* recordsOf(table: CsvTable, { columns, rows }: TableGuess): AsyncGenerator<JsonRecord> {
  let [count, header] = [0, true];
  for await (const row of table.rows()) {
    if (isBlank(row)) continue;
    if (header) {
      header = false;
      continue;
    }
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
