import { FIRST_LAYOUT } from "../../contract/layout.ts";
import { csvText } from "../../formats/csv/csv-text.ts";
import type { TablePart } from "../../formats/format.ts";
import type { Labels } from "../../formats/labels.ts";
import type { JsonRecord } from "../../formats/value.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import { KernelSink } from "../../kernel/kernel-sink.ts";
import type { Column, LinkTable, TablePlan } from "../../schema/table-plan.ts";
import type { PartMemory } from "../part-memory.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import type { ReadingState } from "./reading-state.ts";
import { recordWith } from "./record-with.ts";

/**
 * How the kernel writes a cell (assembly/csv-table.ts): it copies a value, joins a list of values or of answers of JavaScript, asks for the
 * whole cell, or computes a day of a date. It also asks for what it cannot copy, join or compute. Answers are cached, except those for whole
 * lists of objects and for what could not be copied or joined.
 */
const CELL_WAYS = { value: 0, joined: 1, asked: 2, joinedAnswers: 3, firstDay: 4, lastDay: 5 } as const;

/** A label that a joined list contains as it is: nothing in it is escaped or guarded, and it is not mistaken for an empty list. */
const PLAIN_ITEM = /^[^=+\-@\t\r\n'＝＋－＠[\\;"][^\\;"\r\n]*$/;

const quoted = (text: string): string => (/^$|[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The label of an item as the kernel joins it, after a byte that is 1 if the list needs quotes; undefined if the kernel cannot join it. */
const plainItem = (text: string | undefined): Buffer | undefined =>
  text !== undefined && PLAIN_ITEM.test(text) ? Buffer.from(`${text.includes(",") ? "\x01" : "\0"}${text}`) : undefined;

interface CsvCell {
  column: Column;
  /** Path from an item of the list to its value; undefined if the value is in the record. */
  inItem?: readonly string[];
}

interface CsvTablePlan {
  name: string;
  cells: readonly CsvCell[];
  /** The path of a list with one line per item; undefined if lines are records. */
  list?: readonly string[];
}

/** Returns the text of a cell that the kernel cannot copy; undefined if it is empty. */
type TextOfCell = (column: Column, record: JsonRecord) => string | undefined;

function wayOf({ item, derived }: Column): keyof typeof CELL_WAYS {
  if (item !== undefined && derived === "label") return "joinedAnswers";
  if (item === undefined && (derived === "start" || derived === "end")) return derived === "start" ? "firstDay" : "lastDay";
  if (derived !== undefined) return "asked";
  return item === undefined ? "value" : "joined";
}

/** Describes a cell to the kernel, at an address. */
function initCell(address: number, { column, inItem }: CsvCell, textOf: TextOfCell, { kernel, slots, tape, names }: ReadingState): void {
  const textAt = (entry: number, of: Column): string | undefined => textOf(of, recordWith(of.path, tape.value(entry, kernel.bytes)));
  const asker = kernel.addAsker((entry) => {
    const text = textAt(entry, column);
    return text === undefined ? undefined : Buffer.from(quoted(text));
  });
  const way = wayOf(column);
  const { item, ...ofItem } = column;
  const itemAsker = way === "joinedAnswers" ? kernel.addAsker((entry) => plainItem(textAt(entry, ofItem))) : 0;
  const path = inItem ?? item ?? [];
  const slot = inItem ? -1 : slots.add(column.path);
  kernel.code.initCsvCell(address, CELL_WAYS[way], asker, itemAsker, slot, names.putPath(path), path.length);
}

/** The lines of one table, which the kernel writes. It calls `textOf` for cells that it cannot copy. */
class CsvLines {
  readonly #name: string;
  readonly #kernel: Kernel;
  readonly #address: number;
  readonly #out: KernelSink;

  constructor(address: number, { name, cells, list }: CsvTablePlan, textOf: TextOfCell, state: ReadingState) {
    const { kernel, slots } = state;
    const size = kernel.code.csvCellSize();
    const cellsAt = kernel.reserve(size * cells.length);
    this.#name = name;
    this.#kernel = kernel;
    this.#address = address;
    this.#out = new KernelSink(kernel);
    kernel.code.initCsvTable(address, cellsAt, cells.length, list ? slots.add(list) : -1, this.#out.address);
    for (const [i, cell] of cells.entries()) initCell(cellsAt + i * size, cell, textOf, state);
  }

  addEncoded({ rows, chunks }: TablePart): void {
    this.#kernel.code.addCsvTableRows(this.#address, rows);
    for (const chunk of chunks) this.#out.append(chunk);
  }

  take(memory: PartMemory): TablePart {
    const rows = this.#kernel.code.csvTableRows(this.#address);
    const part = { table: this.#name, rows, chunks: this.#out.length > 0 ? [memory.copy(this.#out.view())] : [] };
    this.clear();
    return part;
  }

  clear(): void {
    this.#kernel.code.clearCsvTable(this.#address);
  }
}

/** CSV lines of a table and its link tables. */
export class CsvBytes implements ByteEncoder {
  readonly #tables: readonly CsvLines[];

  constructor(plan: TablePlan, labels: Labels, state: ReadingState) {
    const { layout, name, columns, links } = plan;
    const { code } = state.kernel;
    code.setFirstCsvLayout(layout === FIRST_LAYOUT ? 1 : 0);
    const tables: CsvTablePlan[] = [
      { name, cells: columns.map((column) => ({ column })) },
      ...links.map((link) => ({ name: link.name, cells: link.columns.map(linkCell), list: link.path })),
    ];
    const size = code.csvTableSize();
    const address = state.kernel.reserve(size * tables.length);
    const textOf: TextOfCell = (column, record) => csvText(layout, column, record, labels);
    this.#tables = tables.map((table, i) => new CsvLines(address + i * size, table, textOf, state));
    code.setRecordRunCsv(address, tables.length);
  }

  addEncoded(parts: readonly TablePart[]): void {
    for (const [i, part] of parts.entries()) this.#tables[i]?.addEncoded(part);
  }

  take(memory: PartMemory): TablePart[] {
    return this.#tables.map((table) => table.take(memory));
  }

  clear(): void {
    for (const table of this.#tables) table.clear();
  }
}

/** The cell of a link table column: in the item of the list, or in the record with the list. */
function linkCell({ item, ...column }: LinkTable["columns"][number]): CsvCell {
  return item ? { column: { ...column, path: item.length > 0 ? item : ["item"] }, inItem: item } : { column };
}
