import { isInt64 } from "../is-int64.ts";
import { varintLength, writeVarint } from "./write-varint.ts";

const NULL = 0;
const REAL = 7;
const ZERO = 8;
const ONE = 9;
/** Serial types of whole numbers by their bytes (Database File Format, 2.1, Record Format). */
const INTEGERS = [
  { type: 1, bytes: 1 },
  { type: 2, bytes: 2 },
  { type: 3, bytes: 3 },
  { type: 4, bytes: 4 },
  { type: 5, bytes: 6 },
] as const;
const INTEGER_8 = 6;
const TEXT = 13;

/** SQLite keeps a whole number in a REAL column as an integer of up to six bytes. */
const MAX_REAL_INTEGER = 2 ** 47;

const MAX_ASCII = 32;

/** Records of one table or index in SQLite's record format, one after the other. */
export class RecordWriter {
  /** Serial types of the values of the record that is being written. */
  #types: number[] = [];
  #body = Buffer.allocUnsafe(4096);
  #bodyBytes = 0;
  #out = Buffer.allocUnsafe(1 << 16);
  #length = 0;
  #sizes: number[] = [];

  null(): void {
    this.#types.push(NULL);
  }

  /** A number as SQLite keeps it in a column of this kind. */
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
    const { type, bytes } = INTEGERS.find(({ bytes }) => value >= -(2 ** (8 * bytes - 1)) && value < 2 ** (8 * bytes - 1)) ?? {
      type: INTEGER_8,
      bytes: 8,
    };
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

  /** Writes a short ASCII text, for which a loop is faster than a call; 0 for any other. */
  #ascii(value: string): number {
    if (value.length > MAX_ASCII) return 0;
    for (let i = 0; i < value.length; i += 1) {
      const c = value.charCodeAt(i);
      if (c >= 128) return 0;
      this.#body[this.#bodyBytes + i] = c;
    }
    return value.length;
  }

  /** A text that is UTF-8 already. */
  utf8(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    for (let i = start, o = this.#bodyBytes; i < end; i += 1, o += 1) this.#body[o] = bytes[i] as number;
    this.#bodyBytes += end - start;
    this.#types.push(TEXT + 2 * (end - start));
  }

  /** Ends the record. */
  end(): void {
    let header = 0;
    for (let i = 0; i < this.#types.length; i += 1) header += varintLength(this.#types[i] as number);
    // The length of the header counts itself.
    let total = header + 1;
    while (total !== header + varintLength(total)) total = header + varintLength(total);
    this.#grow(total + this.#bodyBytes);
    let at = writeVarint(this.#out, this.#length, total);
    for (let i = 0; i < this.#types.length; i += 1) at = writeVarint(this.#out, at, this.#types[i] as number);
    this.#body.copy(this.#out, at, 0, this.#bodyBytes);
    this.#sizes.push(total + this.#bodyBytes);
    this.#length += total + this.#bodyBytes;
    this.#types = [];
    this.#bodyBytes = 0;
  }

  /** Bytes of each record, and the records; the next call starts again. */
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
