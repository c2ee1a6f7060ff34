import type { JsonRecord, Value } from "../../formats/cell-text.ts";
import { ByteMap } from "./byte-map.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { Kind, type Tape } from "./tape.ts";

const MAX_TEXTS = 50_000;
const MAX_BYTES = 1024 * 1024;

/** The record that holds nothing but a value at a path. */
export const recordWith = (path: readonly string[], value: unknown): JsonRecord =>
  path.reduceRight<Value>((inner, name) => ({ [name]: inner }), value as Value) as JsonRecord;

/** Remembers what cells are written as that are made from a value, such as the label of a reference: values repeat. */
export class CellMemo {
  readonly #values = new ByteMap();
  #cells: Buffer[] = [];

  /** Writes the cell of a value; `make` is asked for it the first time. */
  write(out: ByteWriter, tape: Tape, bytes: Uint8Array, entry: number, make: () => string): void {
    // The quotes tell "2020" from 2020.
    const around = tape.kinds[entry] === Kind.string ? 1 : 0;
    const number = this.#values.add(bytes, (tape.starts[entry] as number) - around, (tape.ends[entry] as number) + around);
    const cell = this.#cells[number] ?? Buffer.from(make());
    this.#cells[number] = cell;
    out.copy(cell, 0, cell.length);
    if (this.#values.size > MAX_TEXTS || this.#values.bytes > MAX_BYTES) {
      this.#values.clear();
      this.#cells = [];
    }
  }
}
