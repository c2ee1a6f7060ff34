import { isInt64 } from "../is-int64.ts";
import { copyRange } from "./copy-range.ts";
import { varintLength, writeVarint } from "./write-varint.ts";

const NULL = 0;
const REAL = 7;
const ZERO = 8;
const ONE = 9;
/** Serial types of integers by size (Database File Format, 2.1, Record Format). */
const INTEGERS = [
  { type: 1, bytes: 1 },
  { type: 2, bytes: 2 },
  { type: 3, bytes: 3 },
  { type: 4, bytes: 4 },
  { type: 5, bytes: 6 },
  { type: 6, bytes: 8 },
].map((integer) => ({ ...integer, limit: 2 ** (8 * integer.bytes - 1) }));
const BLOB = 12;
const TEXT = 13;

type Integer = (typeof INTEGERS)[number];
const integerAt = (size: number): Integer => INTEGERS[size] as Integer;

/** SQLite stores an integer in a REAL column in at most six bytes. */
const MAX_REAL_INTEGER = 2 ** 47;

const MAX_ASCII = 32;

const BACKSLASH = 0x5c;
/** The characters after the backslash of an escape in canonical JSON; other characters are literal. */
const ESCAPED: Readonly<Record<number, number>> = { 98: 0x08, 102: 0x0c, 110: 0x0a, 114: 0x0d, 116: 0x09 };

/** Writes records of one table or index in SQLite's record format. */
export class RecordWriter {
  /** Serial types of the values of the current record. */
  #types: number[] = [];
  #body = Buffer.allocUnsafe(4096);
  #bodyBytes = 0;
  #out = Buffer.allocUnsafe(1 << 16);
  #length = 0;
  #sizes: number[] = [];

  null(): void {
    this.#types.push(NULL);
  }

  /** A number, as SQLite stores it in a column of this kind. */
  number(value: number, isReal: boolean): void {
    if (!Number.isInteger(value) || (isReal ? Math.abs(value) >= MAX_REAL_INTEGER : !isInt64(value))) this.#real(value);
    else if (value === 0 || value === 1) this.#types.push(value === 0 ? ZERO : ONE);
    else this.#integer(value);
  }

  #real(value: number): void {
    this.#reserve(8);
    this.#body.writeDoubleBE(value, this.#bodyBytes);
    this.#bodyBytes += 8;
    this.#types.push(REAL);
  }

  #integer(value: number): void {
    let size = 0;
    while (value < -integerAt(size).limit || value >= integerAt(size).limit) size += 1;
    const { type, bytes } = integerAt(size);
    this.#reserve(8);
    const high = Math.floor(value / 2 ** 32);
    if (bytes <= 4) this.#body.writeIntBE(value, this.#bodyBytes, bytes);
    else {
      this.#body.writeIntBE(high, this.#bodyBytes, bytes - 4);
      this.#body.writeUInt32BE(value - high * 2 ** 32, this.#bodyBytes + bytes - 4);
    }
    this.#bodyBytes += bytes;
    this.#types.push(type);
  }

  text(value: string): void {
    this.#reserve(3 * value.length);
    const bytes = this.#ascii(value) || this.#body.write(value, this.#bodyBytes);
    this.#bodyBytes += bytes;
    this.#types.push(TEXT + 2 * bytes);
  }

  /** Writes a short ASCII text, for which a loop is faster than a call. Returns 0 for other texts. */
  #ascii(value: string): number {
    if (value.length > MAX_ASCII) return 0;
    for (let i = 0; i < value.length; i += 1) {
      const c = value.charCodeAt(i);
      if (c >= 128) return 0;
      this.#body[this.#bodyBytes + i] = c;
    }
    return value.length;
  }

  /** A text in UTF-8. */
  utf8(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    this.#bodyBytes = copyRange(this.#body, this.#bodyBytes, bytes, start, end);
    this.#types.push(TEXT + 2 * (end - start));
  }

  blob(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#body.set(bytes, this.#bodyBytes);
    this.#bodyBytes += bytes.length;
    this.#types.push(BLOB + 2 * bytes.length);
  }

  /** A string of canonical JSON, without its quotes. */
  escaped(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    const body = this.#body;
    let to = this.#bodyBytes;
    for (let i = start; i < end; i += 1) {
      let byte = bytes[i] as number;
      if (byte === BACKSLASH) {
        i += 1;
        byte = ESCAPED[bytes[i] as number] ?? (bytes[i] as number);
      }
      body[to++] = byte;
    }
    this.#types.push(TEXT + 2 * (to - this.#bodyBytes));
    this.#bodyBytes = to;
  }

  /** Adds records from `take` of another writer. */
  addWritten(sizes: Uint32Array, bytes: Uint8Array): void {
    this.#grow(bytes.length);
    this.#out.set(bytes, this.#length);
    this.#length += bytes.length;
    for (const size of sizes) this.#sizes.push(size);
  }

  end(): void {
    let header = 0;
    for (let i = 0; i < this.#types.length; i += 1) header += varintLength(this.#types[i] as number);
    // The header length includes itself.
    let total = header + 1;
    while (total !== header + varintLength(total)) total = header + varintLength(total);
    this.#grow(total + this.#bodyBytes);
    let at = writeVarint(this.#out, this.#length, total);
    for (let i = 0; i < this.#types.length; i += 1) at = writeVarint(this.#out, at, this.#types[i] as number);
    copyRange(this.#out, at, this.#body, 0, this.#bodyBytes);
    this.#sizes.push(total + this.#bodyBytes);
    this.#length += total + this.#bodyBytes;
    this.#types.length = 0;
    this.#bodyBytes = 0;
  }

  /** Ends the only record and returns its bytes, which are valid until the next call. */
  endOnly(): Uint8Array {
    this.end();
    const bytes = new Uint8Array(this.#out.buffer, this.#out.byteOffset, this.#length);
    this.#sizes.length = 0;
    this.#length = 0;
    return bytes;
  }

  /** The size of each record, and the records. Starts again. */
  take(): { sizes: Uint32Array; bytes: Uint8Array } {
    const bytes = new Uint8Array(this.#length);
    bytes.set(this.#out.subarray(0, this.#length));
    const sizes = Uint32Array.from(this.#sizes);
    this.#sizes = [];
    this.#length = 0;
    this.#types = [];
    this.#bodyBytes = 0;
    return { sizes, bytes };
  }

  #reserve(more: number): void {
    if (this.#bodyBytes + more > this.#body.length) this.#body = growBuffer(this.#body, this.#bodyBytes, more);
  }

  #grow(more: number): void {
    if (this.#length + more > this.#out.length) this.#out = growBuffer(this.#out, this.#length, more);
  }
}

function growBuffer(buffer: Buffer, used: number, more: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.max(2 * buffer.length, used + more));
  buffer.copy(larger, 0, 0, used);
  return larger;
}
