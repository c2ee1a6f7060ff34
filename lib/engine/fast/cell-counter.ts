import { CellCounts } from "../../formats/cell-counts.ts";
import { createEncoder } from "../../formats/cell-counts-encoder.ts";
import type { Encode } from "../../formats/format.ts";
import type { JsonRecord } from "../../formats/value.ts";
import { Kernel } from "../../kernel/kernel.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { PartMemory } from "../part-memory.ts";
import { CellCountBytes } from "./cell-count-bytes.ts";
import { ColumnSlots } from "./column-slots.ts";
import { type Form, KnownForms } from "./known-forms.ts";
import { PropertyNames } from "./property-names.ts";
import { RecordReader } from "./record-reader.ts";
import { RecordTape } from "./record-tape.ts";

const NEWLINE = 0x0a;
const NO_LABELS = new Map();

/** Counts the values of each column in valid records without creating objects. The counts equal those of a build. */
export class CellCounter {
  /** The counts of the lines so far. */
  readonly counts: CellCounts;
  readonly #parse: (line: string) => JsonRecord;
  readonly #kernel = new Kernel();
  readonly #tape = new RecordTape(this.#kernel);
  readonly #names = new PropertyNames(this.#kernel);
  readonly #slots = new ColumnSlots(this.#kernel, this.#names);
  readonly #forms = new KnownForms(this.#kernel);
  readonly #reader: RecordReader;
  readonly #bytes: CellCountBytes;
  readonly #encode: Encode;

  /** `parse`: parser for lines that the kernel rejects. */
  constructor(plan: TablePlan, parse: (line: string) => JsonRecord) {
    this.#parse = parse;
    const state = { kernel: this.#kernel, tape: this.#tape, names: this.#names, slots: this.#slots };
    this.#reader = new RecordReader(this.#kernel, { ...state, layout: plan.layout });
    this.#bytes = new CellCountBytes(plan, NO_LABELS, state);
    this.#encode = createEncoder(plan);
    this.counts = new CellCounts(plan.columns.length);
  }

  /** Adds whole lines of NDJSON. */
  add(lines: Uint8Array): void {
    const start = this.#reader.open(lines);
    const end = start + lines.length;
    for (let at = start; at < end; at += 1) if (this.#kernel.bytes[at] !== NEWLINE) at = this.#addRecord(at, end);
    for (const part of this.#bytes.take(new PartMemory())) this.counts.add(part);
  }

  /** Adds the record at an address; returns the end of its line. */
  #addRecord(start: number, limit: number): number {
    const number = this.#reader.readPublished(start);
    const { end } = this.#reader;
    const isWhole = number !== undefined && (end === limit || this.#kernel.bytes[end] === NEWLINE);
    return isWhole ? this.#addRead(number, end) : this.#addParsed(start, limit);
  }

  readonly #makeForm = (): Form => ({ slots: this.#slots.keep(), remaining: [], proof: undefined });

  #addRead(number: number, end: number): number {
    this.#forms.useSlots(this.#forms.get(number), this.#slots, this.#tape, this.#makeForm);
    this.#kernel.code.countCells(this.#slots.address);
    return end;
  }

  #addParsed(start: number, limit: number): number {
    const newline = this.#kernel.bytes.indexOf(NEWLINE, start);
    const end = newline < 0 || newline > limit ? limit : newline;
    const record = this.#parse(this.#kernel.bytes.toString("utf8", start, end));
    this.#bytes.addEncoded(this.#encode({ records: [record], lines: [], labels: NO_LABELS }));
    return end;
  }
}
