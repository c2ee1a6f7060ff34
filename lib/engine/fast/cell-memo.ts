import type { JsonRecord, Value } from "../../formats/cell-text.ts";
import { ByteMap } from "./byte-map.ts";
import { ByteWriter } from "./byte-writer.ts";
import { Kind, type Tape } from "./tape.ts";

const MAX_TEXTS = 50_000;
const MAX_BYTES = 1024 * 1024;

/** The record that holds nothing but a value at a path. */
export const recordWith = (path: readonly string[], value: unknown): JsonRecord =>
  path.reduceRight<Value>((inner, name) => ({ [name]: inner }), value as Value) as JsonRecord;

/** Remembers what cells are written as that are made from a value, such as the label of a reference: values repeat. */
export class CellMemo {
  readonly #values = new ByteMap();
  /** The cells of the values, one after the other, and where each ends. */
  readonly #cells = new ByteWriter(1024);
  #ends = new Int32Array(64);

  /** Writes the cell of a value; `make` is asked for it the first time. */
  write(out: ByteWriter, tape: Tape, bytes: Uint8Array, entry: number, make: () => string): void {
    // The quotes tell "2020" from 2020.
    const around = tape.kinds[entry] === Kind.string ? 1 : 0;
    const [start, end] = [(tape.starts[entry] as number) - around, (tape.ends[entry] as number) + around];
    const known = this.#values.find(bytes, start, end);
    const number = known < 0 ? this.#add(bytes, start, end, make()) : known;
    out.copy(this.#cells.bytes, number === 0 ? 0 : (this.#ends[number - 1] as number), this.#ends[number] as number);
  }

  #add(bytes: Uint8Array, start: number, end: number, cell: string): number {
    if (this.#values.size >= MAX_TEXTS || this.#values.bytes > MAX_BYTES || this.#cells.length > MAX_BYTES) {
      this.#values.clear();
      this.#cells.length = 0;
    }
    const number = this.#values.add(bytes, start, end);
    if (number === this.#ends.length) {
      const ends = new Int32Array(number * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#cells.text(cell);
    this.#ends[number] = this.#cells.length;
    return number;
  }
}
