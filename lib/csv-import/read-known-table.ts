import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { JsonRecord } from "../formats/value.ts";
import type { CsvRow, CsvTable } from "../ports/ports.ts";
import { checkKey } from "./check-key.ts";
import { columnNameFrom } from "./column-names.ts";
import { type InferredTable, type InferredTableColumn, inferredRecords, inferredTableColumn, type TableOptions } from "./infer-table.ts";
import { mayBeKey } from "./is-key-name.ts";
import { type KnownColumn, knownColumnTypes } from "./known-column.ts";
import type { KnownTable } from "./known-table.ts";
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
import { whyRenumbered } from "./why-renumbered.ts";
import { whyShifted } from "./why-shifted.ts";

/** Matches the columns of a file with the columns of the dataset, by name or else by title. */
function matchColumns(columns: readonly NamedColumn[], known: readonly KnownColumn[]): NamedColumn[] {
  const byName = new Map(known.map((column) => [column.name, column]));
  const taken = new Set(columns.map(({ name }) => name).filter((name) => byName.has(name)));
  return columns.map((column) => {
    const match = byName.get(column.name) ?? known.find(({ name, title }) => !taken.has(name) && title === column.header.trim());
    return match ? { ...column, name: match.name, known: match } : column;
  });
}

const isRowNumber = ({ name, schema }: KnownColumn, key: readonly string[]): boolean =>
  key.length === 1 && key[0] === name && schema.type === "integer";

/** Why a column of the file does not fit the column of the dataset. */
function whyOther(column: ResolvedColumn, clash: string | undefined, where: string): string | undefined {
  const { known, statistics, inferred, name } = column;
  if (!known) return undefined;
  const { type, format } = known.schema;
  const types = knownColumnTypes(known.schema);
  if (types === undefined) return `Column ${name} has the type ${JSON.stringify(type)} in ${where}, which a cell cannot contain`;
  if (types.length === 0 || statistics.cells === 0) return undefined;
  const isTyped = inferred.schema.type !== "string" || inferred.schema.format !== undefined;
  if (isTyped) return undefined;
  if (clash !== undefined) return `In column ${name}, ${clash}`;
  const [closest] = [...statistics.counts].sort((a, b) => b.fits - a.fits);
  const found = closest?.misfits.first
    ? `${closest.misfits.quoted} (${closest.misfits.where}) does not fit`
    : (inferred.notes[0] ?? "its cells do not fit").replace(/^kept as text: /, "");
  return `Column ${name} has the type ${format ?? type} in ${where}: ${found}`;
}

/** A problem of a row, or of the whole file (line 0). */
interface FoundProblem {
  line: number;
  message: string;
}

const ofFile = (message: string): FoundProblem => ({ line: 0, message });

/** Text columns that lost leading zeros, because a spreadsheet read them as numbers. */
async function zerosLost(columns: readonly ResolvedColumn[], { records }: KnownTable): Promise<FoundProblem[]> {
  const suspects = columns.filter(
    ({ known, statistics }) => known?.schema.type === "string" && statistics.cells > 0 && statistics.isPlainDigits,
  );
  const find = async (): Promise<string[]> => {
    const found = new Map<string, string>();
    if (suspects.length > 0)
      for await (const record of records())
        for (const { name } of suspects) {
          const value = record[name];
          if (typeof value === "string" && /^0\d+$/.test(value) && !found.has(name)) found.set(name, value);
        }
    return [...found].map(
      ([name, value]) => `Column ${name} has lost its leading zeros: the dataset has "${value}", but no cell of the file begins with 0`,
    );
  };
  return (await unlessUnreadable(find, (why) => [`T${why.slice(1)}`])).map(ofFile);
}

const REMEDY = "Correct the file; or change schema.json and the records by hand, as a new version of the dataset.";

interface KnownTableOptions extends TableOptions {
  /** How messages name the schema of the dataset. */
  schemaFile: string;
}

/** Reads a file by the schema of an existing dataset. Renumbered rows, changed types or keys and lost columns are problems. */
export async function readKnownTable(
  file: string,
  table: CsvTable,
  known: KnownTable,
  { schemaFile: where, ...options }: KnownTableOptions,
): Promise<{ inferred?: InferredTable; added: InferredTableColumn[]; problems: Problem[] }> {
  const start = await readTableStart(table);
  const findKnown = (header: string): KnownColumn | undefined =>
    known.columns.find(({ name }) => name === columnNameFrom(header)) ?? known.columns.find(({ title }) => title === header.trim());
  const { scan, problems } = await scanTable(file, table, start, (header, index) => {
    const column = findKnown(header);
    const types = column && knownColumnTypes(column.schema);
    return { mayBeKey: mayBeKey(columnNameFrom(header), index), ...(column ? { types: types ?? [] } : {}) };
  });
  if (!scan) return { added: [], problems };
  const all = matchColumns(resolveColumnNames(scan), known.columns);
  const rows = () => scanTableRows(table, start, scan.endLine);
  const indexesOf = (names: readonly string[] = []): number[] => resolveRequestedColumns(all, names).map(({ index }) => index);
  const requested: ColumnRequests = { text: new Set(indexesOf(options.text)), merge: new Set(indexesOf(options.merge)), key: [] };
  const { columns, notes, clashes } = await resolveColumns(
    all,
    resolveColumnLocale(all, table.delimiter, options.decimal),
    requested,
    rows,
  );
  const number = known.columns.find((column) => isRowNumber(column, known.key));
  const lost = known.columns.filter(({ name }) => !all.some((column) => column.known?.name === name));
  const numbered = number && lost.includes(number) ? number : undefined;
  const inferred: InferredTable = {
    columns: inOrder(columns, all, known, numbered),
    ...{ key: known.key, keyNotes: [], rows: scan.rows, records: rows },
    notes: [...scan.notes, ...omittedColumnNotes(scan), ...notes],
  };
  const found: FoundProblem[] = [
    ...lost.filter((column) => column !== numbered).map(({ name }) => ofFile(`The file has no column ${name}, but ${where} has`)),
    ...columns.flatMap((column) => whyOther(column, clashes.get(column.index), where) ?? []).map(ofFile),
    ...(numbered ? [] : await keyProblems(known, all, rows)),
  ];
  if (found.length === 0) found.push(...(await zerosLost(columns, known)));
  if (found.length === 0 && number) found.push(...(await rowNumberProblems(known, inferred, number, number === numbered)));
  if (found.length > 0)
    return {
      added: [],
      problems: found.map(({ line, message }) => ({
        ...fileProblem(file, message, REMEDY),
        line,
        column: line > 0 ? 1 : 0,
      })),
    };
  return { inferred, added: inferred.columns.filter(({ name }) => !known.columns.some((column) => column.name === name)), problems: [] };
}

/** Missing and duplicate keys, if the file has all columns of the key. */
async function keyProblems({ key }: KnownTable, all: readonly NamedColumn[], rows: () => AsyncIterable<CsvRow>): Promise<FoundProblem[]> {
  const indexes = key.flatMap((name) => all.filter((column) => column.name === name).map(({ index }) => index));
  if (indexes.length !== key.length) return [];
  const found = await checkKey(indexes, rows);
  return found ? [{ line: found.line, message: `The key ${key.join(", ")} ${found.message}` }] : [];
}

/** Why row numbers would identify other rows than before. `areCounted`: the file has no row numbers, so rows are counted. */
async function rowNumberProblems(
  known: KnownTable,
  inferred: InferredTable,
  { name }: KnownColumn,
  areCounted: boolean,
): Promise<FoundProblem[]> {
  const others = known.columns.map((column) => column.name).filter((other) => other !== name);
  const compare = areCounted ? whyRenumbered : whyShifted;
  const found = await unlessUnreadable(() => compare(known.records(), recordsWithLines(inferred), name, others), ofFile);
  const intro = areCounted ? "The rows are numbered, and" : `In column ${name},`;
  return found ? [{ ...found, message: `${intro} ${found.message}` }] : [];
}

/** The columns in the order of the dataset, new ones last. */
function inOrder(
  columns: readonly ResolvedColumn[],
  all: readonly NamedColumn[],
  known: KnownTable,
  numbered: KnownColumn | undefined,
): InferredTableColumn[] {
  const of = (name: string): InferredTableColumn[] =>
    columns.filter((column) => column.name === name).map((column) => inferredTableColumn(column, all));
  const number: InferredTableColumn[] = numbered
    ? [
        {
          name: numbered.name,
          header: "",
          index: undefined,
          kind: "whole number",
          schema: numbered.schema,
          required: true,
          rewrites: false,
          notes: [],
          read: () => undefined,
        },
      ]
    : [];
  const old = known.columns.flatMap(({ name }) => (name === numbered?.name ? number : of(name)));
  const added = columns.filter((column) => !column.known).map((column) => inferredTableColumn(column, all));
  return [...old, ...added];
}

/** The result of comparing a file with the records of the dataset; `unreadable` makes it if the records are not JSON. */
async function unlessUnreadable<T>(find: () => Promise<T>, unreadable: (why: string) => T): Promise<T> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unreadable(`the records of the dataset cannot be read: ${error.message}`);
  }
}

async function* recordsWithLines(inferred: InferredTable): AsyncGenerator<{ record: JsonRecord; line: number }> {
  const lines = inferred.records()[Symbol.asyncIterator]();
  for await (const record of inferredRecords(inferred)) {
    const { value } = await lines.next();
    yield { record, line: value?.line ?? 0 };
  }
}
