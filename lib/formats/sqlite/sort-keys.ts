import { compareBytes } from "../compare-bytes.ts";
import { copyRange } from "./copy-range.ts";
import type { RecordWriter } from "./record-writer.ts";

const NULL = 0;
const NUMBER = 1;
const TEXT = 2;
const END = 0;
const ESCAPED = 255;

/** A value of a key. In SQLite's order, null comes before numbers, and numbers before texts. */
export type KeyValue = number | string | null;

/**
 * Encodes keys of an index as bytes in SQLite's order: a tag for each value; a number as eight bytes with its sign bit inverted (all bits
 * if it is negative), a text as UTF-8 with a zero byte at its end.
 */
export class SortKeys {
  #bytes = Buffer.allocUnsafe(1 << 14);
  #length = 0;
  readonly #ends: number[] = [];

  /** Adds the next value of a key. */
  addValue(value: KeyValue): void {
    if (typeof value === "string") this.#text(value);
    else if (value === null) this.#byte(NULL);
    else this.#number(value);
  }

  /** Adds a UTF-8 text without zero bytes. */
  addUtf8(bytes: Uint8Array, start: number, end: number): void {
    this.#byte(TEXT);
    this.#reserve(end - start);
    this.#length = copyRange(this.#bytes, this.#length, bytes, start, end);
    this.#byte(END);
  }

  /** Ends a key. The next one is that of the next row in the batch. */
  end(): void {
    this.#ends.push(this.#length);
  }

  /** Adds the output of `takeSorted`, whose rows follow. */
  addSorted(run: Uint8Array): void {
    const { buffer, byteOffset, byteLength } = run;
    const view = new DataView(buffer, byteOffset, byteLength);
    const ranges: [at: number, end: number][] = [];
    for (let at = 0; at < byteLength; ) {
      const start = at + ENTRY_HEADER;
      const end = start + view.getUint32(at + 4, true);
      ranges[view.getUint32(at, true)] = [start, end];
      at = end;
    }
    for (const [start, end] of ranges) {
      this.#reserve(end - start);
      this.#bytes.set(run.subarray(start, end), this.#length);
      this.#length += end - start;
      this.end();
    }
  }

  #number(value: number): void {
    this.#byte(NUMBER);
    this.#reserve(8);
    // Turns -0 into 0.
    this.#bytes.writeDoubleBE(value + 0, this.#length);
    const mask = value < 0 ? 255 : 0;
    for (let i = 0; i < 8; i += 1) (this.#bytes[this.#length + i] as number) ^= i === 0 && mask === 0 ? 128 : mask;
    this.#length += 8;
  }

  #text(value: string): void {
    this.#byte(TEXT);
    this.#reserve(3 * value.length);
    const start = this.#length;
    this.#length += this.#bytes.write(value, start);
    if (value.includes("\0")) this.#escape(start);
    this.#byte(END);
  }

  /** Escapes zero bytes within a text by a byte that no text contains. */
  #escape(start: number): void {
    const text = Buffer.from(this.#bytes.subarray(start, this.#length));
    this.#length = start;
    for (const byte of text) {
      this.#byte(byte);
      if (byte === END) this.#byte(ESCAPED);
    }
  }

  /** The sorted keys: for each its row in the batch, its length, and its bytes. */
  takeSorted(): Uint8Array {
    const bytes = this.#bytes;
    const ends = this.#ends;
    const order = Array.from(ends, (_, i) => i);
    order.sort((a, b) => compareBytes(bytes, ends[a - 1] ?? 0, ends[a] as number, bytes, ends[b - 1] ?? 0, ends[b] as number) || a - b);
    const run = Buffer.allocUnsafeSlow(this.#length + ENTRY_HEADER * ends.length);
    let at = 0;
    for (const i of order) {
      const [start, end] = [ends[i - 1] ?? 0, ends[i] as number];
      run.writeUInt32LE(i, at);
      run.writeUInt32LE(end - start, at + 4);
      at = copyRange(run, at + ENTRY_HEADER, bytes, start, end);
    }
    this.#length = 0;
    ends.length = 0;
    return run;
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  #reserve(more: number): void {
    // Leave space for a tag or an end.
    if (this.#length + more + 2 <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#length + more + 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

/** Size of the header of a key in a run: its row and its length. */
export const ENTRY_HEADER = 8;

const scratch = Buffer.alloc(8);

/** The range of a key in a byte array. */
export interface KeyRange {
  readonly bytes: Uint8Array;
  readonly keyStart: number;
  readonly keyEnd: number;
}

/** Writes the values of a key to a record. `isReal`: for each column, whether it is REAL. */
export function writeKey(out: RecordWriter, { bytes: key, keyStart, keyEnd }: KeyRange, isReal: readonly boolean[]): void {
  let at = keyStart;
  for (const real of isReal) {
    const tag = key[at];
    at += 1;
    if (tag === NULL) out.null();
    else if (tag === NUMBER) {
      out.number(numberAt(key, at), real);
      at += 8;
    } else at = writeText(out, key, at, keyEnd);
  }
}

function numberAt(key: Uint8Array, at: number): number {
  const isNegative = (key[at] as number) < 128;
  for (let i = 0; i < 8; i += 1) scratch[i] = (key[at + i] as number) ^ (isNegative ? 255 : i === 0 ? 128 : 0);
  return scratch.readDoubleBE(0);
}

/** Writes the text that starts at an offset; returns the offset after it. Bytes after the key are not part of it. */
function writeText(out: RecordWriter, key: Uint8Array, start: number, keyEnd: number): number {
  const isEscaped = (zero: number): boolean => zero + 1 < keyEnd && key[zero + 1] === ESCAPED;
  let end = key.indexOf(END, start);
  if (!isEscaped(end)) {
    out.utf8(key, start, end);
    return end + 1;
  }
  const parts: Uint8Array[] = [];
  let from = start;
  for (; isEscaped(end); end = key.indexOf(END, from)) {
    parts.push(key.subarray(from, end + 1));
    from = end + 2;
  }
  parts.push(key.subarray(from, end));
  const text = Buffer.concat(parts);
  out.utf8(text, 0, text.length);
  return end + 1;
}
