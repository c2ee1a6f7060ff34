import type { CsvRow } from "../ports/ports.ts";
import { agree, ClashCheck, clashText, type DateColumns } from "./cell-clashes.ts";
import { columnNames } from "./column-names.ts";
import { COLUMN_TYPES } from "./column-types.ts";
import { type DecimalSign, type FileLocale, localeOf } from "./file-locale.ts";
import { type ColumnGuess, decideColumn } from "./infer-column.ts";
import { isCodeName } from "./key-candidates.ts";
import { type KnownColumn, typesOf } from "./known-column.ts";
import type { ScannedColumn, TableScan } from "./table-scan.ts";
import { type Decision, signShownIn } from "./type-fit.ts";

/** A column of a file with its name. */
export interface NamedColumn extends ScannedColumn {
  name: string;
  index: number;
  notes: string[];
  /** What the dataset has for it already. */
  known?: KnownColumn;
}

export type SettledColumn = NamedColumn & { guess: ColumnGuess };

/** A column that a person named, and the file does not have. */
export class UnknownColumn extends Error {
  override name = "UnknownColumn";
}

/** A column with neither header nor cell is none. */
export const named = ({ columns }: TableScan): NamedColumn[] => {
  const names = columnNames(columns.map(({ header }) => header));
  return columns.flatMap((column, index) => {
    const { name = "", note } = names[index] ?? {};
    const isNone = column.header.trim() === "" && column.seen.isEmpty;
    return isNone ? [] : [{ ...column, name, index, notes: note ? [note] : [] }];
  });
};

/** The columns that a person named. Throws `UnknownColumn`. */
export function findColumns<T extends { name: string; header: string }>(columns: readonly T[], asked: readonly string[] = []): T[] {
  return asked.map((wanted) => {
    const found = columns.find(({ name }) => name === wanted) ?? columns.find(({ header }) => header.trim() === wanted.trim());
    if (!found) throw new UnknownColumn(`there is no column "${wanted}"; the columns are: ${columns.map(({ name }) => name).join(", ")}`);
    return found;
  });
}

/** Columns that a release would make of a date beside them. */
const dateColumnsOf = (columns: readonly NamedColumn[]): DateColumns[] =>
  columns.flatMap(({ name, index, seen }) => {
    const at = (suffix: string): number | undefined => columns.find((column) => column.name === `${name}${suffix}` && !column.known)?.index;
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

/** What a person said of the columns, by their index. */
export interface Asked {
  text: ReadonlySet<number>;
  merge: ReadonlySet<number>;
  key: readonly number[];
}

/** The decimal sign of the file that these columns are of. */
export const localeIn = (columns: readonly NamedColumn[], delimiter: string, asked?: DecimalSign): FileLocale =>
  localeOf(
    delimiter,
    columns.map(({ name, seen }) => ({ name, shows: signShownIn(seen, delimiter) })),
    asked,
  );

function decide(column: NamedColumn, locale: FileLocale, { text, key }: Asked): SettledColumn {
  const { name, seen, index, known } = column;
  if (known) {
    const isText = typesOf(known.schema)?.length === 0;
    return { ...column, guess: decideColumn(seen, { name, locale, isKnown: true, ...(isText ? { asText: "" } : {}) }) };
  }
  const decision: Decision = { name, locale, isCode: isCodeName(name) || key.includes(index) };
  if (text.has(index)) decision.asText = "kept as text, as asked";
  const guess = decideColumn(seen, decision);
  if (!key.includes(index) || guess.required || seen.empty.count > 0) return { ...column, guess };
  return { ...column, guess: decideColumn(seen, { ...decision, asText: "kept as text: part of the key" }) };
}

/** A column two of whose cells would become one value. */
function settleClash(column: SettledColumn, clash: string, locale: FileLocale, mayMerge: boolean): SettledColumn {
  const { name, seen, guess } = column;
  if (mayMerge) {
    const note = `as asked, cells become one value where only their spelling differs: ${clash.replace("would become", "become")}`;
    return { ...column, guess: { ...guess, notes: [...guess.notes, note] } };
  }
  const asText = `kept as text: ${clash}; write them in one way, or say --merge ${name}`;
  return { ...column, guess: decideColumn(seen, { name, locale, asText, keepGuards: true }) };
}

/** Settles what each column is, by all its cells and the columns beside it. */
export async function settleColumns(
  columns: readonly NamedColumn[],
  locale: FileLocale,
  asked: Asked,
  rows: () => AsyncIterable<CsvRow>,
): Promise<{ columns: SettledColumn[]; notes: string[]; clashes: ReadonlyMap<number, string> }> {
  const first = columns.map((column) => decide(column, locale, asked));
  const { clashes, derived } = await compareCells(first, rows);
  const left = new Set(derived.flatMap(({ start, end }) => [start, end]));
  const dates = new Set(derived.map(({ date }) => date));
  const settled = first.flatMap((column): SettledColumn[] => {
    const { name, seen, index, guess } = column;
    if (left.has(index)) return [];
    const clash = clashes.get(index);
    if (clash !== undefined) return [settleClash(column, clash, locale, asked.merge.has(index))];
    if (dates.has(index)) return [{ ...column, guess: { ...guess, ...dateGuess(guess) } }];
    const beside = column.known ? undefined : whyBeside(name, guess, columns);
    return [beside === undefined ? column : { ...column, guess: decideColumn(seen, { name, locale, asText: beside }) }];
  });
  const notes = derived.map(({ date }) => {
    const name = columns.find(({ index }) => index === date)?.name;
    return `${name}_start and ${name}_end were left out: a release makes them of ${name}`;
  });
  return { columns: settled, notes, clashes };
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
