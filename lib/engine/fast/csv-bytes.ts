import { FIRST_LAYOUT } from "../../contract/layout.ts";
import type { Labels } from "../../formats/cell-text.ts";
import { csvText } from "../../formats/csv/csv-text.ts";
import type { TablePart } from "../../formats/format.ts";
import { Sink } from "../../kernel/sink.ts";
import type { Column, TablePlan } from "../../schema/table-plan.ts";
import type { PartMemory } from "../part-memory.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import { valueAtEntry } from "./prove.ts";
import { putPath, type ReadingState } from "./reading-state.ts";
import { recordWith } from "./record-with.ts";

/** What a cell is for the kernel (assembly/csv.ts): a value, the values of a list, or made of a value and remembered. */
const CELL_WAYS = { value: 0, joined: 1, asked: 2 } as const;

const quoted = (text: string): string => (/^$|[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

interface Cell {
  column: Column;
  /** Names from an item of the list to its value; undefined where the record has it. */
  inItem?: readonly string[];
}

/** The lines of one table, which the kernel writes. A cell that needs more than copying is asked of `csvText`. */
class CsvLines {
  readonly out: Sink;
  readonly cells: number;
  readonly count: number;
  rows = 0;

  constructor(cells: readonly Cell[], layout: number, labels: Labels, state: ReadingState) {
    const { kernel, places, tape } = state;
    const size = kernel.code.cellBytes();
    this.out = new Sink(kernel);
    this.count = cells.length;
    this.cells = kernel.reserve(size * cells.length);
    for (const [i, { column, inItem }] of cells.entries()) {
      const asker = kernel.addAsker((entry) => {
        const record = recordWith(column.path, valueAtEntry(tape, kernel.bytes, entry));
        const text = csvText(layout, column, record, labels);
        return text === undefined ? undefined : Buffer.from(quoted(text));
      });
      const path = inItem ?? column.item ?? [];
      const way = column.derived !== undefined ? "asked" : column.item ? "joined" : "value";
      const place = inItem ? -1 : places.add(column.path);
      kernel.code.initCell(this.cells + i * size, CELL_WAYS[way], asker, place, putPath(state, path), path.length);
    }
  }

  take(table: string, memory: PartMemory): TablePart {
    const part = { table, rows: this.rows, chunks: this.out.length > 0 ? [memory.copy(this.out.view())] : [] };
    this.clear();
    return part;
  }

  clear(): void {
    this.out.clear();
    this.rows = 0;
  }
}

interface CsvTable {
  name: string;
  lines: CsvLines;
  /** The place of the list that has a line for each item. */
  list: number | undefined;
}

/** Lines of CSV, for a table and its link tables. */
export class CsvBytes implements ByteEncoder {
  readonly #state: ReadingState;
  readonly #tables: readonly CsvTable[];

  constructor(plan: TablePlan, labels: Labels, state: ReadingState) {
    const { layout } = plan;
    this.#state = state;
    state.kernel.code.setFirstLayout(layout === FIRST_LAYOUT ? 1 : 0);
    const main = new CsvLines(
      plan.columns.map((column) => ({ column })),
      layout,
      labels,
      state,
    );
    this.#tables = [
      { name: plan.name, lines: main, list: undefined },
      ...plan.links.map((link) => {
        const cells = link.columns.map(({ item, ...column }): Cell => {
          if (!item) return { column };
          return { column: { ...column, path: item.length > 0 ? item : ["item"] }, inItem: item };
        });
        return { name: link.name, lines: new CsvLines(cells, layout, labels, state), list: state.places.add(link.path) };
      }),
    ];
  }

  add(): void {
    const { kernel, places } = this.#state;
    for (let i = 0; i < this.#tables.length; i += 1) {
      const { lines, list } = this.#tables[i] as CsvTable;
      if (list === undefined) {
        kernel.code.addLine(lines.cells, lines.count, places.address, lines.out.address);
        lines.rows += 1;
      } else lines.rows += kernel.code.addItemLines(lines.cells, lines.count, places.address, list, lines.out.address);
    }
  }

  addEncoded(parts: readonly TablePart[]): void {
    for (const [i, { rows, chunks }] of parts.entries()) {
      const { lines } = this.#tables[i] as CsvTable;
      lines.rows += rows;
      for (const chunk of chunks) lines.out.append(chunk);
    }
  }

  take(memory: PartMemory): TablePart[] {
    return this.#tables.map(({ name, lines }) => lines.take(name, memory));
  }

  clear(): void {
    for (const { lines } of this.#tables) lines.clear();
  }
}
