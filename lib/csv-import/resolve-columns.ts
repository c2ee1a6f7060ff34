import type { CsvRow } from "../ports/ports.ts";
import { areDerivedDays, type DateColumns } from "./are-derived-days.ts";
import { ClashCheck } from "./clash-check.ts";
import { clashText } from "./clash-text.ts";
import { columnNames } from "./column-names.ts";
import { COLUMN_TYPES } from "./column-types.ts";
import { type DecimalSeparator, type FileLocale, fileLocale } from "./file-locale.ts";
import { type InferredColumn, inferColumn } from "./infer-column.ts";
import type { InferenceOptions } from "./inference-options.ts";
import { isCodeName } from "./is-code-name.ts";
import { type KnownColumn, knownColumnTypes } from "./known-column.ts";
import { separatorEvidence } from "./separator-evidence.ts";
import type { ScannedColumn, TableScan } from "./table-scan.ts";
import { UnknownColumnError } from "./unknown-column-error.ts";

/** A column of a file with its name. */
export interface NamedColumn extends ScannedColumn {
  name: string;
  index: number;
  notes: string[];
  /** The matching column of the dataset. */
  known?: KnownColumn;
}

export type ResolvedColumn = NamedColumn & { inferred: InferredColumn };

/** Names the columns; skips columns without header and values. */
export const resolveColumnNames = ({ columns, headerLine }: TableScan): NamedColumn[] => {
  const names = columnNames(
    columns.map(({ header }) => header),
    headerLine,
  );
  return columns.flatMap((column, index) => {
    const { name = "", note } = names[index] ?? {};
    const isSkipped = column.header.trim() === "" && column.statistics.isEmpty;
    return isSkipped ? [] : [{ ...column, name, index, notes: note ? [note] : [] }];
  });
};

/** The columns that the user named. Throws `UnknownColumnError`. */
export function resolveRequestedColumns<T extends { name: string; header: string }>(
  columns: readonly T[],
  requested: readonly string[] = [],
): T[] {
  return requested.map((wanted) => {
    const found = columns.find(({ name }) => name === wanted) ?? columns.find(({ header }) => header.trim() === wanted.trim());
    if (!found)
      throw new UnknownColumnError(`there is no column "${wanted}"; the columns are: ${columns.map(({ name }) => name).join(", ")}`);
    return found;
  });
}

/** Date columns next to columns that a release would derive from them. */
const dateColumnsOf = (columns: readonly NamedColumn[]): DateColumns[] =>
  columns.flatMap(({ name, index, statistics }) => {
    const at = (suffix: string): number | undefined => columns.find((column) => column.name === `${name}${suffix}` && !column.known)?.index;
    const [start, end] = [at("_start"), at("_end")];
    const isDate = statistics.counts.some(({ type, fits }) => type.schema.format === "edtf" && fits === statistics.cells && fits > 0);
    return isDate && start !== undefined && end !== undefined ? [{ date: index, start, end }] : [];
  });

/** Reads the file again, if needed, to compare cells. */
async function compareCells(
  columns: readonly (NamedColumn & { inferred: InferredColumn })[],
  rows: () => AsyncIterable<CsvRow>,
): Promise<{ clashes: Map<number, string>; derived: DateColumns[] }> {
  const checks = columns
    .filter(({ inferred }) => inferred.rewrites)
    .map(({ index, inferred }) => ({ index, check: new ClashCheck(inferred) }));
  let derived = dateColumnsOf(columns);
  if (checks.length > 0 || derived.length > 0)
    for await (const { cells, line } of rows()) {
      for (const { index, check } of checks) check.add(cells[index] ?? "", line);
      if (derived.length > 0) derived = derived.filter((days) => areDerivedDays(cells, days));
    }
  const clashes = checks.flatMap(({ index, check }): [number, string][] => (check.clash ? [[index, clashText(check.clash)]] : []));
  return { clashes: new Map(clashes), derived };
}

const EDTF = COLUMN_TYPES.filter(({ schema }) => schema.format === "edtf");

/** Why another column prevents the inferred type of a column. */
function whyBeside(name: string, inferred: InferredColumn, columns: readonly NamedColumn[]): string | undefined {
  if (inferred.schema.format !== "edtf") return undefined;
  const other = columns.find((column) => column.name === `${name}_start` || column.name === `${name}_end`);
  return other && `kept as text: a release adds ${name}_start and ${name}_end to dates, and ${other.name} already exists`;
}

/** What the user requested, by column index. */
export interface ColumnRequests {
  text: ReadonlySet<number>;
  merge: ReadonlySet<number>;
  key: readonly number[];
}

/** The locale of the file with these columns. */
export const resolveColumnLocale = (columns: readonly NamedColumn[], delimiter: string, requested?: DecimalSeparator): FileLocale =>
  fileLocale(
    delimiter,
    columns.map(({ name, statistics }) => ({ name, evidence: separatorEvidence(statistics, delimiter) })),
    requested,
  );

function inferNamed(column: NamedColumn, locale: FileLocale, { text, key }: ColumnRequests): ResolvedColumn {
  const { name, statistics, index, known } = column;
  if (known) {
    const isText = knownColumnTypes(known.schema)?.length === 0;
    return { ...column, inferred: inferColumn(statistics, { name, locale, isKnown: true, ...(isText ? { asText: "" } : {}) }) };
  }
  const options: InferenceOptions = { name, locale, isCode: isCodeName(name) || key.includes(index) };
  if (text.has(index)) options.asText = "kept as text, as requested";
  const inferred = inferColumn(statistics, options);
  if (!key.includes(index) || inferred.required || statistics.empty.count > 0) return { ...column, inferred };
  return { ...column, inferred: inferColumn(statistics, { ...options, asText: "kept as text: part of the key" }) };
}

/** Resolves a column in which two different cells would become one value. */
function resolveClash(column: ResolvedColumn, clash: string, locale: FileLocale, mayMerge: boolean): ResolvedColumn {
  const { name, statistics, inferred } = column;
  if (mayMerge) {
    const note = `as requested, cells that differ only in spelling become one value: ${clash.replace("would become", "become")}`;
    return { ...column, inferred: { ...inferred, notes: [...inferred.notes, note] } };
  }
  const asText = `kept as text: ${clash}; write them the same way, or use --merge ${name}`;
  return { ...column, inferred: inferColumn(statistics, { name, locale, asText, keepGuards: true }) };
}

/** Resolves the type of each column from all its cells and the other columns. */
export async function resolveColumns(
  columns: readonly NamedColumn[],
  locale: FileLocale,
  requested: ColumnRequests,
  rows: () => AsyncIterable<CsvRow>,
): Promise<{ columns: ResolvedColumn[]; notes: string[]; clashes: ReadonlyMap<number, string> }> {
  const first = columns.map((column) => inferNamed(column, locale, requested));
  const { clashes, derived } = await compareCells(first, rows);
  const skipped = new Set(derived.flatMap(({ start, end }) => [start, end]));
  const dates = new Set(derived.map(({ date }) => date));
  const resolved = first.flatMap((column): ResolvedColumn[] => {
    const { name, statistics, index, inferred } = column;
    if (skipped.has(index)) return [];
    const clash = clashes.get(index);
    if (clash !== undefined) return [resolveClash(column, clash, locale, requested.merge.has(index))];
    if (dates.has(index)) return [{ ...column, inferred: { ...inferred, ...asPartialDate(inferred) } }];
    const beside = column.known ? undefined : whyBeside(name, inferred, columns);
    return [beside === undefined ? column : { ...column, inferred: inferColumn(statistics, { name, locale, asText: beside }) }];
  });
  const notes = derived.map(({ date }) => {
    const name = columns.find(({ index }) => index === date)?.name;
    return `${name}_start and ${name}_end were skipped: a release derives them from ${name}`;
  });
  return { columns: resolved, notes, clashes };
}

/** A date with columns for its first and last day may be partial, even if no cell of the file is. */
const asPartialDate = ({ required, notes }: InferredColumn): Partial<InferredColumn> => {
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
