import type { Dataset } from "../dataset/dataset.ts";
import { withoutViews } from "../dataset/without-views.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { JsonRecord } from "../formats/cell-text.ts";
import { RecordBatches } from "../json/record-batches.ts";
import type { CsvTable, Source } from "../ports/ports.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/table-plan.ts";
import { checkKey } from "./check-key.ts";
import { columnNameFrom } from "./column-names.ts";
import { type InferredTable, type InferredTableColumn, inferredRecords, inferredTableColumn, type TableOptions } from "./infer-table.ts";
import { mayBeKey } from "./is-key-name.ts";
import { type KnownColumn, knownColumns, knownColumnTypes } from "./known-column.ts";
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

/** A table of an existing dataset, which a CSV file may update. */
export interface KnownTable {
  name: string;
  /** Its one file. */
  file: string;
  columns: KnownColumn[];
  key: string[];
  schema: Schema;
  records(): AsyncIterable<JsonRecord>;
}

async function* recordsIn(source: Source, file: string): AsyncGenerator<JsonRecord> {
  const cutter = new RecordBatches();
  const parse = ({ bytes }: { bytes: Uint8Array }): JsonRecord[] => JSON.parse(`[${Buffer.from(bytes).toString("utf8")}]`) as JsonRecord[];
  for await (const chunk of source.read(file)) for (const batch of cutter.push(chunk)) yield* parse(batch);
  for (const batch of cutter.end()) yield* parse(batch);
}

/** The table that a file updates: the one with its name, or the only one. */
export function knownTable(dataset: Dataset, wanted: string, source: Source): KnownTable | string {
  const { plans, files, schema } = withoutViews(dataset);
  const plan = plans.find(({ name }) => name === wanted) ?? (plans.length === 1 ? plans[0] : undefined);
  if (!plan) return `it has no table called ${wanted}: name the file after one of ${plans.map(({ name }) => name).join(", ")}`;
  const [file, ...others] = files.get(plan.name) ?? [];
  if (file === undefined || others.length > 0) return `its table ${plan.name} is split over several files`;
  return {
    name: plan.name,
    file,
    columns: knownColumns(resolveSchema(schema.properties?.[plan.name] ?? {}, schema), schema),
    key: plan.primaryKey,
    schema,
    records: () => recordsIn(source, file),
  };
}

/** Matches the columns of a file with those of the dataset, by name or else by title. */
function matched(columns: readonly NamedColumn[], known: readonly KnownColumn[]): NamedColumn[] {
  const byName = new Map(known.map((column) => [column.name, column]));
  const taken = new Set(columns.map(({ name }) => name).filter((name) => byName.has(name)));
  return columns.map((column) => {
    const is = byName.get(column.name) ?? known.find(({ name, title }) => !taken.has(name) && title === column.header.trim());
    return is ? { ...column, name: is.name, known: is } : column;
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
  if (types === undefined) return `Column ${name} holds ${JSON.stringify(type)} in ${where}, which a cell cannot hold`;
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

/** Text columns that lost leading zeros, because a spreadsheet read them as numbers. */
async function zerosLost(columns: readonly ResolvedColumn[], { records }: KnownTable): Promise<string[]> {
  const suspects = columns.filter(
    ({ known, statistics }) => known?.schema.type === "string" && statistics.cells > 0 && statistics.isPlainDigits,
  );
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
  const all = matched(resolveColumnNames(scan), known.columns);
  const rows = () => scanTableRows(table, start, scan.endLine);
  const indexesOf = (names: readonly string[] = []): number[] => resolveRequestedColumns(all, names).map(({ index }) => index);
  const requested: ColumnRequests = { text: new Set(indexesOf(options.text)), merge: new Set(indexesOf(options.merge)), key: [] };
  const { columns, notes, clashes } = await resolveColumns(
    all,
    resolveColumnLocale(all, table.delimiter, options.decimal),
    requested,
    rows,
  );
  const lost = known.columns.filter(({ name }) => !all.some((column) => column.known?.name === name));
  const numbered = lost.find((column) => isRowNumber(column, known.key));
  const messages = [
    ...lost.filter((column) => column !== numbered).map(({ name }) => `The file has no column ${name}, but ${where} has`),
    ...columns.flatMap((column) => whyOther(column, clashes.get(column.index), where) ?? []),
  ];
  const keyed = known.key.flatMap((name) => all.filter((column) => column.name === name).map(({ index }) => index));
  const keyProblem = !numbered && keyed.length === known.key.length && keyed.length > 0 ? await checkKey(keyed, rows) : undefined;
  const found: { line: number; message: string }[] = messages.map((message) => ({ line: 0, message }));
  if (keyProblem) found.push({ line: keyProblem.line, message: `The key ${known.key.join(", ")} ${keyProblem.message}` });
  if (found.length === 0) {
    const lostZeros = await unlessUnreadable(
      () => zerosLost(columns, known),
      (why) => [`T${why.slice(1)}`],
    );
    found.push(...lostZeros.map((message) => ({ line: 0, message })));
  }
  const inferred: InferredTable = {
    columns: inOrder(columns, all, known, numbered),
    ...{ key: known.key, keyNotes: [], rows: scan.rows, records: rows },
    notes: [...scan.notes, ...omittedColumnNotes(scan), ...notes],
  };
  const compareRows = (compare: typeof whyShifted, { name: key }: KnownColumn): ReturnType<typeof whyShifted> =>
    unlessUnreadable(
      () => {
        const others = known.columns.map(({ name }) => name).filter((name) => name !== key);
        return compare(known.records(), recordsWithLines(inferred), key, others);
      },
      (message) => ({ line: 0, message }),
    );
  const [number] = known.key.length === 1 ? known.columns.filter((column) => isRowNumber(column, known.key)) : [];
  if (number && !numbered && found.length === 0) {
    const shifted = await compareRows(whyShifted, number);
    if (shifted) found.push({ ...shifted, message: `In column ${number.name}, ${shifted.message}` });
  }
  if (numbered && found.length === 0) {
    const renumbered = await compareRows(whyRenumbered, numbered);
    if (renumbered) found.push({ ...renumbered, message: `The rows are numbered, and ${renumbered.message}` });
  }
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

/** What a comparison with the records of the dataset finds; or `unreadable` of why, if they are not JSON. */
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
