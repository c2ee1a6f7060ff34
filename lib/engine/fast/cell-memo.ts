import type { JsonRecord, Value } from "../../formats/cell-text.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { Tape } from "./tape.ts";
import { ValueNumbers } from "./value-numbers.ts";

const MAX_BYTES = 1024 * 1024;

/** The record that holds nothing but a value at a path. */
export const recordWith = (path: readonly string[], value: unknown): JsonRecord =>
  path.reduceRight<Value>((inner, name) => ({ [name]: inner }), value as Value) as JsonRecord;

/** Remembers what cells are written as that are made from a value, such as the label of a reference. */
export class CellMemo {
  readonly #values = new ValueNumbers();
  /** The cells of the values, one after the other, and where each ends. */
  readonly #cells = new ByteWriter(1024);
  #ends = new Int32Array(64);

  /** Writes the cell of a value; `make` is asked for it the first time. */
  write(out: ByteWriter, tape: Tape, bytes: Uint8Array, entry: number, make: () => string): void {
    const known = this.#values.find(tape, bytes, entry);
    const number = known < 0 ? this.#add(bytes, make()) : known;
    out.copy(this.#cells.bytes, number === 0 ? 0 : (this.#ends[number - 1] as number), this.#ends[number] as number);
  }

  #add(bytes: Uint8Array, cell: string): number {
    if (this.#values.isFull || this.#cells.length > MAX_BYTES) {
      this.#values.clear();
      this.#cells.length = 0;
    }
    const number = this.#values.add(bytes);
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
