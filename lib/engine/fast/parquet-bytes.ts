import type { Labels, Value } from "../../formats/cell-text.ts";
import type { TablePart } from "../../formats/format.ts";
import { ColumnEncoder } from "../../formats/parquet/column-encoder.ts";
import type { LeafEncoder } from "../../formats/parquet/leaf-encoder.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import type { Names } from "./names.ts";
import type { Places } from "./places.ts";
import { valueAtEntry } from "./prove.ts";
import { Holds, Kind, type Tape } from "./tape.ts";
import { ValueNumbers } from "./value-numbers.ts";

/** How the values of a leaf are written: text and JSON are copied, numbers are read, and others are asked for and remembered. */
type Way = "text" | "json" | "number" | "boolean" | "asked";

function wayOf({ leaf: { physical, logical, column } }: LeafEncoder): Way {
  if (column.derived !== undefined || logical === "date" || logical === "decimal") return "asked";
  if (logical === "json") return "json";
  if (physical === "boolean") return "boolean";
  return physical === "bytes" ? "text" : "number";
}

/** Takes the values of one leaf from the tape. */
class LeafBytes {
  readonly #encoder: LeafEncoder;
  readonly #labels: Labels;
  readonly #tape: Tape;
  readonly #way: Way;
  /** Names from an item of a list to its value. */
  readonly #item: readonly number[];
  readonly #isInt: boolean;
  /** Values that were asked for, and what is written of each. */
  readonly #asked = new ValueNumbers();
  #answers: (Uint8Array | undefined)[] = [];

  constructor(encoder: LeafEncoder, labels: Labels, tape: Tape, names: Names) {
    this.#encoder = encoder;
    this.#labels = labels;
    this.#tape = tape;
    this.#way = wayOf(encoder);
    this.#isInt = encoder.leaf.physical === "int64";
    this.#item = (encoder.leaf.column.item ?? []).map((name) => names.add(name));
  }

  /** Adds what the leaf holds of a record; `entry` is that of its column, or 0. */
  add(bytes: Buffer, entry: number): void {
    const { isList, isRequired, maxDefinition } = this.#encoder.leaf;
    const empty = isRequired ? 0 : 1;
    const tape = this.#tape;
    if (!isList) {
      if (entry === 0 || tape.kinds[entry] === Kind.null) this.#encoder.addNothing(0, maxDefinition - 1);
      else this.#addValue(bytes, entry, 0, maxDefinition - 1);
      return;
    }
    if (entry === 0 || tape.kinds[entry] !== Kind.list) {
      this.#encoder.addNothing(0, empty - 1);
      return;
    }
    const end = tape.nexts[entry] as number;
    if (end === entry + 1) this.#encoder.addNothing(0, empty);
    for (let item = entry + 1; item < end; item = tape.nexts[item] as number) {
      const value = this.#valueOf(item);
      const repetition = item === entry + 1 ? 0 : 1;
      if (value < 0) this.#encoder.addNothing(repetition, empty + 1);
      else this.#addValue(bytes, value, repetition, empty + 1);
    }
  }

  /** The value of a list's item; -1 where there is none. */
  #valueOf(item: number): number {
    const tape = this.#tape;
    let entry = item;
    for (const name of this.#item) {
      entry = tape.kinds[entry] === Kind.object ? tape.property(entry, name) : -1;
      if (entry < 0) return entry;
    }
    return tape.kinds[entry] === Kind.null ? -1 : entry;
  }

  #addValue(bytes: Buffer, entry: number, repetition: number, without: number): void {
    const tape = this.#tape;
    const [start, end] = [tape.starts[entry] as number, tape.ends[entry] as number];
    const encoder = this.#encoder;
    if (this.#way === "asked") this.#addAsked(bytes, entry, repetition, without);
    else if (this.#way === "boolean") encoder.begin(repetition).byte(tape.kinds[entry] === Kind.true ? 1 : 0);
    else if (this.#way === "json") {
      const around = tape.kinds[entry] === Kind.string ? 1 : 0;
      encoder.begin(repetition).byteArray(bytes, start - around, end + around);
    } else if (this.#way === "number") {
      const number = Number(bytes.toString("latin1", start, end));
      if (this.#isInt) encoder.begin(repetition).int64(number);
      else encoder.begin(repetition).double(number);
    } else if (((tape.holds[entry] as number) & Holds.backslash) === 0) encoder.begin(repetition).byteArray(bytes, start, end);
    else encoder.begin(repetition).text(valueAtEntry(tape, bytes, entry) as string);
  }

  #addAsked(bytes: Buffer, entry: number, repetition: number, without: number): void {
    const tape = this.#tape;
    const known = this.#asked.find(tape, bytes, entry);
    const answer = this.#answers[known < 0 ? this.#ask(bytes, entry) : known];
    if (answer) this.#encoder.begin(repetition).bytes(answer);
    else this.#encoder.addNothing(repetition, without);
  }

  /** Remembers what is written of a value; returns its number. */
  #ask(bytes: Buffer, entry: number): number {
    if (this.#asked.isFull) {
      this.#asked.clear();
      this.#answers = [];
    }
    const number = this.#asked.add(bytes);
    this.#answers[number] = this.#encoder.encode(valueAtEntry(this.#tape, bytes, entry) as Value, this.#labels);
    return number;
  }
}

/** Records by column, for Parquet. */
export class ParquetBytes implements ByteEncoder {
  readonly #table: string;
  readonly #places: Places;
  readonly #encoder: ColumnEncoder;
  readonly #leaves: { leaf: LeafBytes; place: number }[];

  constructor(plan: TablePlan, labels: Labels, { tape, names, places }: { tape: Tape; names: Names; places: Places }) {
    this.#table = plan.name;
    this.#places = places;
    this.#encoder = new ColumnEncoder(plan);
    this.#leaves = this.#encoder.leaves.map((encoder) => ({
      leaf: new LeafBytes(encoder, labels, tape, names),
      place: places.add(encoder.leaf.column.path),
    }));
  }

  add(bytes: Buffer): void {
    const { entries } = this.#places;
    for (let i = 0; i < this.#leaves.length; i += 1) {
      const { leaf, place } = this.#leaves[i] as { leaf: LeafBytes; place: number };
      leaf.add(bytes, entries[place] as number);
    }
    this.#encoder.endRecord();
  }

  addEncoded(parts: readonly TablePart[]): void {
    for (const { chunks } of parts) for (const chunk of chunks) this.#encoder.addEncoded(chunk);
  }

  take(): TablePart[] {
    const { rows } = this.#encoder;
    return [{ table: this.#table, rows, chunks: rows > 0 ? [this.#encoder.take()] : [] }];
  }

  clear(): void {
    this.#encoder.clear();
  }
}
