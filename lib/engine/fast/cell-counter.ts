import type { JsonRecord } from "../../formats/cell-text.ts";
import { valueAt } from "../../formats/value-at.ts";
import { Kernel } from "../../kernel/kernel.ts";
import type { Column, TablePlan } from "../../schema/table-plan.ts";
import { ColumnPlaces } from "./column-places.ts";
import { type Form, KnownForms } from "./known-forms.ts";
import { PropertyNames } from "./property-names.ts";
import { RecordReader } from "./record-reader.ts";
import { RecordTape } from "./record-tape.ts";

const NEWLINE = 0x0a;

/** Numbers of records in which a column has a value, and an empty text. */
export interface CellCounts {
  filled: number;
  empty: number;
}

/** Counts the values of each column in valid records, without creating objects. */
export class CellCounter {
  readonly #columns: readonly Column[];
  readonly #parse: (line: string) => JsonRecord;
  readonly #kernel = new Kernel();
  readonly #tape = new RecordTape(this.#kernel);
  readonly #names = new PropertyNames(this.#kernel);
  readonly #places = new ColumnPlaces(this.#kernel, this.#names);
  readonly #forms = new KnownForms(this.#kernel);
  readonly #reader: RecordReader;
  /** Addresses in the kernel: the place of each column, and its counts. */
  readonly #addresses: { places: number; filled: number; empty: number };
  #records = 0;

  /** `parse` reads lines that the kernel does not. */
  constructor({ columns, layout }: Pick<TablePlan, "columns" | "layout">, parse: (line: string) => JsonRecord) {
    this.#columns = columns;
    this.#parse = parse;
    this.#reader = new RecordReader(this.#kernel, { tape: this.#tape, names: this.#names, layout });
    const places = Uint32Array.from(columns, ({ path }) => this.#places.add(path));
    this.#addresses = {
      places: this.#kernel.put(places),
      filled: this.#kernel.reserveZero(4 * columns.length),
      empty: this.#kernel.reserveZero(4 * columns.length),
    };
  }

  get records(): number {
    return this.#records;
  }

  /** Adds whole lines of NDJSON. */
  add(lines: Uint8Array): void {
    const start = this.#reader.open(lines);
    const end = start + lines.length;
    for (let at = start; at < end; at += 1) {
      if (this.#kernel.bytes[at] === NEWLINE) continue;
      at = this.#addRecord(at, end);
      this.#records += 1;
    }
  }

  /** The counts of a column by its number. */
  counts(column: number): CellCounts {
    const { bytes } = this.#kernel;
    const { filled, empty } = this.#addresses;
    return { filled: bytes.readUInt32LE(filled + 4 * column), empty: bytes.readUInt32LE(empty + 4 * column) };
  }

  /** Adds the record at an address; returns the end of its line. */
  #addRecord(start: number, limit: number): number {
    const number = this.#reader.readPublished(start);
    const { end } = this.#reader;
    const isWhole = number !== undefined && (end === limit || this.#kernel.bytes[end] === NEWLINE);
    return isWhole ? this.#addRead(number, end) : this.#addParsed(start, limit);
  }

  readonly #makeForm = (): Form => ({ places: this.#places.keep(), remaining: [], proof: undefined });

  #addRead(number: number, end: number): number {
    this.#forms.usePlaces(this.#forms.get(number), this.#places, this.#tape, this.#makeForm);
    const { places, filled, empty } = this.#addresses;
    this.#kernel.code.countCells(this.#places.address, places, this.#columns.length, filled, empty);
    return end;
  }

  #addParsed(start: number, limit: number): number {
    const newline = this.#kernel.bytes.indexOf(NEWLINE, start);
    const end = newline < 0 || newline > limit ? limit : newline;
    const record = this.#parse(this.#kernel.bytes.toString("utf8", start, end));
    const { filled, empty } = this.#addresses;
    for (const [i, { path }] of this.#columns.entries()) {
      const value = valueAt(record, path);
      if (value !== undefined && value !== null) this.#increase(filled + 4 * i);
      if (value === "") this.#increase(empty + 4 * i);
    }
    return end;
  }

  #increase(address: number): void {
    this.#kernel.bytes.writeUInt32LE(this.#kernel.bytes.readUInt32LE(address) + 1, address);
  }
}
