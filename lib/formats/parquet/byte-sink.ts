import { copyMemory } from "../../kernel/copy-memory.ts";

/** Maximum bytes for which a loop is faster than `set`. */
const LOOP_BYTES = 96;

/** A growing byte buffer. Numbers are little-endian, as in Parquet. */
export class ByteSink {
  #buffer: Buffer;
  length = 0;

  constructor(capacity = 256) {
    this.#buffer = Buffer.allocUnsafe(capacity);
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(Math.ceil(1.5 * this.#buffer.length), this.length + more));
    this.#buffer.copy(larger, 0, 0, this.length);
    this.#buffer = larger;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.length] = value;
    this.length += 1;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.length = this.#buffer.writeUInt32LE(value, this.length);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.length = this.#buffer.writeInt32LE(value, this.length);
  }

  /** A whole number from -2^63 up to 2^63 - 1. */
  int64(value: number): void {
    const high = Math.floor(value / 2 ** 32);
    this.#reserve(8);
    this.length = this.#buffer.writeUInt32LE(value - high * 2 ** 32, this.length);
    this.length = this.#buffer.writeInt32LE(high, this.length);
  }

  double(value: number): void {
    this.#reserve(8);
    this.length = this.#buffer.writeDoubleLE(value, this.length);
  }

  /** Unsigned LEB128 of a whole number up to 2^53. */
  varint(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    copyMemory(this.#buffer, bytes, this.length);
    this.length += bytes.length;
  }

  /** UTF-8 with a four-byte length prefix: `BYTE_ARRAY` in PLAIN. */
  text(text: string): void {
    this.#reserve(4 + 3 * text.length);
    const written = this.#buffer.write(text, this.length + 4, "utf8");
    this.#buffer.writeUInt32LE(written, this.length);
    this.length += 4 + written;
  }

  /** Bytes with a four-byte length prefix: `BYTE_ARRAY` in PLAIN. */
  byteArray(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.#reserve(4 + length);
    const to = this.#buffer;
    let at = this.length;
    to[at++] = length & 0xff;
    to[at++] = (length >>> 8) & 0xff;
    to[at++] = (length >>> 16) & 0xff;
    to[at++] = length >>> 24;
    if (length > LOOP_BYTES) to.set(bytes.subarray(start, end), at);
    else for (let i = start, o = at; i < end; i += 1, o += 1) to[o] = bytes[i] as number;
    this.length = at + length;
  }

  /** The bytes written so far; overwritten after `clear`. */
  view(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}
