import type { Labels } from "../../formats/cell-text.ts";
import { csvText } from "../../formats/csv/csv-text.ts";
import type { TablePart } from "../../formats/format.ts";
import type { Column, TablePlan } from "../../schema/table-plan.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { CellMemo, recordWith } from "./cell-memo.ts";
import type { Names } from "./names.ts";
import type { Places } from "./places.ts";
import { valueAtEntry } from "./prove.ts";
import { TableRows } from "./table-rows.ts";
import { Holds, Kind, type Tape } from "./tape.ts";

const code = (character: string): number => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code("\\");
const COMMA = code(",");
const SEMICOLON = code(";");

/** Bytes with which a text may start that a spreadsheet takes for a formula. 0xEF: the full-width ones. */
const SUSPECT = new Uint8Array(256);
for (const c of [..."=+-@'\t\r\n"].map(code)) SUSPECT[c] = 1;
SUSPECT[0xef] = 1;
const isSuspect = (bytes: Uint8Array, at: number): boolean =>
  SUSPECT[bytes[at] as number] === 1 || (bytes[at] === BACKSLASH && (UNESCAPED[bytes[at + 1] as number] as number) < 0x20);

/** What the character after a backslash stands for. */
const UNESCAPED = new Uint8Array(256).map((_, i) => i);
UNESCAPED[code("n")] = 0x0a;
UNESCAPED[code("r")] = 0x0d;
UNESCAPED[code("t")] = 0x09;

const quoted = (text: string): string => (/^$|[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Whether each text after a `;` is none that could be a formula. */
function isPlainList(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) if (bytes[i] === SEMICOLON && i + 1 < end && isSuspect(bytes, i + 1)) return false;
  return true;
}

/** Writes one column. A cell that needs more than copying is asked of `csvText`. */
class CsvCell {
  readonly #column: Column;
  readonly #layout: number;
  readonly #labels: Labels;
  readonly #tape: Tape;
  /** Names from an item of a list to its value. */
  readonly #item: readonly number[] | undefined;
  readonly #memo: CellMemo | undefined;

  constructor(column: Column, { layout, labels, tape, names }: { layout: number; labels: Labels; tape: Tape; names: Names }) {
    this.#column = column;
    this.#layout = layout;
    this.#labels = labels;
    this.#tape = tape;
    this.#item = column.item?.map((name) => names.add(name));
    this.#memo = column.derived === undefined ? undefined : new CellMemo();
  }

  write(out: ByteWriter, bytes: Buffer, entry: number): void {
    const kind = this.#tape.kinds[entry] as number;
    if (kind === Kind.null) return;
    if (this.#memo) this.#memo.write(out, this.#tape, bytes, entry, () => this.#ask(bytes, entry));
    else if (!this.#isWritten(out, bytes, entry, kind)) out.text(this.#ask(bytes, entry));
  }

  #ask(bytes: Buffer, entry: number): string {
    const record = recordWith(this.#column.path, valueAtEntry(this.#tape, bytes, entry));
    const text = csvText(this.#layout, this.#column, record, this.#labels);
    return text === undefined ? "" : quoted(text);
  }

  /** Writes a cell if copying is enough. */
  #isWritten(out: ByteWriter, bytes: Buffer, entry: number, kind: number): boolean {
    const [start, end] = [this.#tape.starts[entry] as number, this.#tape.ends[entry] as number];
    if (this.#item) return kind === Kind.list && this.#isListWritten(out, bytes, entry, this.#item);
    if (kind === Kind.string) return isStringWritten(out, bytes, start, end, this.#tape.holds[entry] as number);
    if ((kind & (Kind.object | Kind.list)) !== 0) return isJsonWritten(out, bytes, start, end);
    if (this.#layout === 1 && isSuspect(bytes, start)) return false;
    out.copy(bytes, start, end);
    return true;
  }

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: two loops over the tape of a list
  #isListWritten(out: ByteWriter, bytes: Buffer, list: number, path: readonly number[]): boolean {
    const tape = this.#tape;
    const end = tape.nexts[list] as number;
    let holds = 0;
    let size = 0;
    for (let item = list + 1; item < end; item = tape.nexts[item] as number) {
      const entry = itemValue(tape, item, path);
      size += 1;
      if (entry < 0) continue;
      if (!isPlainItem(tape, bytes, entry, this.#layout)) return false;
      holds |= tape.holds[entry] as number;
    }
    const isQuoted = (holds & Holds.quotable) !== 0;
    const before = out.length;
    if (isQuoted) out.byte(QUOTE);
    for (let item = list + 1; item < end; item = tape.nexts[item] as number) {
      if (item > list + 1) out.byte(SEMICOLON);
      const entry = itemValue(tape, item, path);
      if (entry < 0) {
        out.byte(BACKSLASH);
        out.byte(code("-"));
      } else out.copy(bytes, tape.starts[entry] as number, tape.ends[entry] as number);
    }
    if (isQuoted) out.byte(QUOTE);
    if (size === 0) out.copy(NO_ITEMS, 0, 2);
    if (size === 1 && out.length === before) out.copy(NO_TEXT, 0, 2);
    return true;
  }
}

const NO_ITEMS = Buffer.from("[]");
const NO_TEXT = Buffer.from('""');

/** The value of a list's item: itself, or what a path of names leads to; -1 where there is none. */
function itemValue(tape: Tape, item: number, path: readonly number[]): number {
  let entry = item;
  for (const name of path) {
    entry = tape.kinds[entry] === Kind.object ? tape.property(entry, name) : -1;
    if (entry < 0) return entry;
  }
  return tape.kinds[entry] === Kind.null ? -1 : entry;
}

/** Whether an item is written in a joined list as it is. */
function isPlainItem(tape: Tape, bytes: Uint8Array, entry: number, layout: number): boolean {
  const kind = tape.kinds[entry] as number;
  const start = tape.starts[entry] as number;
  if (kind === Kind.string) {
    // A text that starts with [ may be the only one, and then look like a list without items.
    const isTold = isSuspect(bytes, start) && start < (tape.ends[entry] as number);
    return !isTold && bytes[start] !== code("[") && ((tape.holds[entry] as number) & (Holds.semicolon | Holds.backslash)) === 0;
  }
  return (kind & (Kind.object | Kind.list)) === 0 && !(layout === 1 && isSuspect(bytes, start));
}

function isStringWritten(out: ByteWriter, bytes: Uint8Array, start: number, end: number, holds: number): boolean {
  if (start === end) {
    out.copy(NO_TEXT, 0, 2);
    return true;
  }
  if (isSuspect(bytes, start) || ((holds & Holds.semicolon) !== 0 && !isPlainList(bytes, start, end))) return false;
  const isQuoted = (holds & Holds.quotable) !== 0;
  if (isQuoted) out.byte(QUOTE);
  if ((holds & Holds.backslash) === 0) out.copy(bytes, start, end);
  else writeUnescaped(out, bytes, start, end);
  if (isQuoted) out.byte(QUOTE);
  return true;
}

function writeUnescaped(out: ByteWriter, bytes: Uint8Array, start: number, end: number): void {
  out.reserve(end - start);
  const to = out.bytes;
  let { length } = out;
  for (let i = start; i < end; i += 1) {
    let c = bytes[i] as number;
    if (c === BACKSLASH) {
      i += 1;
      c = UNESCAPED[bytes[i] as number] as number;
      if (c === QUOTE) to[length++] = QUOTE;
    }
    to[length++] = c;
  }
  out.length = length;
}

/** JSON in a cell: its quotes are doubled. */
function isJsonWritten(out: ByteWriter, bytes: Uint8Array, start: number, end: number): boolean {
  let isQuoted = false;
  for (let i = start; i < end; i += 1) {
    const c = bytes[i];
    if (c === QUOTE || c === COMMA) isQuoted = true;
    else if (c === SEMICOLON && SUSPECT[bytes[i + 1] as number] === 1) return false;
  }
  if (isQuoted) out.byte(QUOTE);
  out.reserve((end - start) * 2);
  for (let i = start; i < end; i += 1) {
    if (bytes[i] === QUOTE) out.bytes[out.length++] = QUOTE;
    out.bytes[out.length++] = bytes[i] as number;
  }
  if (isQuoted) out.byte(QUOTE);
  return true;
}

interface LinkColumn {
  cell: CsvCell;
  /** Its value stands at a place of the record, or in the item at a path of names. */
  place?: number;
  item?: readonly number[];
}

/** Lines of CSV, for a table and its link tables. */
export class CsvBytes implements ByteEncoder {
  readonly #tape: Tape;
  readonly #places: Places;
  readonly #columns: { cell: CsvCell; place: number }[];
  readonly #main: TableRows;
  readonly #links: { place: number; columns: LinkColumn[]; table: TableRows }[];

  constructor(plan: TablePlan, labels: Labels, { tape, names, places }: { tape: Tape; names: Names; places: Places }) {
    const setup = { layout: plan.layout, labels, tape, names };
    this.#tape = tape;
    this.#places = places;
    this.#main = new TableRows(plan.name);
    this.#columns = plan.columns.map((column) => ({ cell: new CsvCell(column, setup), place: places.add(column.path) }));
    this.#links = plan.links.map((link) => ({
      place: places.add(link.path),
      table: new TableRows(link.name),
      columns: link.columns.map(({ item, ...column }): LinkColumn => {
        if (!item) return { cell: new CsvCell(column, setup), place: places.add(column.path) };
        const path = item.length > 0 ? item : ["item"];
        return { cell: new CsvCell({ ...column, path }, setup), item: item.map((name) => names.add(name)) };
      }),
    }));
  }

  add(bytes: Buffer): void {
    const { out } = this.#main;
    const { entries } = this.#places;
    for (let i = 0; i < this.#columns.length; i += 1) {
      const { cell, place } = this.#columns[i] as { cell: CsvCell; place: number };
      if (i > 0) out.byte(COMMA);
      if (entries[place] !== 0) cell.write(out, bytes, entries[place] as number);
    }
    endLine(out);
    this.#main.rows += 1;
    for (const { place, columns, table } of this.#links) {
      const list = entries[place] as number;
      if (list !== 0 && this.#tape.kinds[list] === Kind.list) this.#addItems(bytes, list, columns, table);
    }
  }

  #addItems(bytes: Buffer, list: number, columns: readonly LinkColumn[], table: TableRows): void {
    const tape = this.#tape;
    const { out } = table;
    for (let item = list + 1; item < (tape.nexts[list] as number); item = tape.nexts[item] as number) {
      for (let i = 0; i < columns.length; i += 1) {
        const { cell, place, item: path } = columns[i] as LinkColumn;
        if (i > 0) out.byte(COMMA);
        const entry = path ? itemValue(tape, item, path) : (this.#places.entries[place as number] as number);
        if (entry > 0) cell.write(out, bytes, entry);
      }
      endLine(out);
      table.rows += 1;
    }
  }

  addEncoded(parts: readonly TablePart[]): void {
    const tables = [this.#main, ...this.#links.map(({ table }) => table)];
    for (const [i, { rows, chunks }] of parts.entries()) {
      const table = tables[i] as TableRows;
      table.rows += rows;
      for (const chunk of chunks) table.out.copy(chunk, 0, chunk.length);
    }
  }

  take(): TablePart[] {
    return [this.#main.take(), ...this.#links.map(({ table }) => table.take())];
  }

  clear(): void {
    this.#main.clear();
    for (const { table } of this.#links) table.clear();
  }
}

function endLine(out: ByteWriter): void {
  out.byte(0x0d);
  out.byte(0x0a);
}
