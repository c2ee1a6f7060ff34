import { compareBytes } from "../compare-bytes.ts";
import type { Leaf, Physical } from "./leaf.ts";

/** Values of one column as PLAIN, found by their number. */
export class ColumnValues {
  readonly count: number;
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly #physical: Physical;
  readonly #width: number;
  /** Where each value starts, and the end; for texts, where its length does. */
  readonly #starts: Uint32Array | undefined;

  constructor({ physical }: Pick<Leaf, "physical">, bytes: Buffer, count: number) {
    this.#physical = physical;
    this.#width = physical === "boolean" ? 1 : physical === "int32" ? 4 : 8;
    this.bytes = bytes;
    this.count = count;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (physical !== "bytes") return;
    const starts = new Uint32Array(count + 1);
    let at = 0;
    for (let i = 0; i < count; i += 1) {
      starts[i] = at;
      at += 4 + this.view.getUint32(at, true);
    }
    starts[count] = at;
    this.#starts = starts;
  }

  /** Where a value starts as PLAIN; for `count`, where the last one ends. */
  start(i: number): number {
    return this.#starts ? (this.#starts[i] as number) : i * this.#width;
  }

  /** Where the value itself starts, without its length. */
  body(i: number): number {
    return this.#starts ? (this.#starts[i] as number) + 4 : i * this.#width;
  }

  /** The bytes of a value as statistics write it: PLAIN without a length. */
  slice(i: number): Buffer {
    return this.bytes.subarray(this.body(i), this.start(i + 1));
  }

  /** Below 0 where value `a` comes before value `b` (parquet.thrift, ColumnOrder, TypeDefinedOrder). */
  compare(a: number, b: number): number {
    const { view, bytes } = this;
    if (this.#physical === "bytes") return compareBytes(bytes, this.body(a), this.start(a + 1), bytes, this.body(b), this.start(b + 1));
    if (this.#physical === "double") return view.getFloat64(8 * a, true) - view.getFloat64(8 * b, true);
    if (this.#physical === "int32") return view.getInt32(4 * a, true) - view.getInt32(4 * b, true);
    if (this.#physical === "boolean") return view.getUint8(a) - view.getUint8(b);
    return view.getInt32(8 * a + 4, true) - view.getInt32(8 * b + 4, true) || view.getUint32(8 * a, true) - view.getUint32(8 * b, true);
  }
}
