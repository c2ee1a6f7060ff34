import { MAX_RECORD_BYTES } from "./record-batches.ts";
import { isSpace, skipSpace } from "./skip-space.ts";

const MiB = 1024 * 1024;
/** Bytes that are added at once: a cut is searched before the next ones are, so few bytes after it have to be moved. */
const STEP_BYTES = 64 * 1024;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** Bytes of a file between two expected cuts: whole records, if the cuts are right. */
export interface Piece {
  /** Offset of the first byte in the file. */
  offset: number;
  /** In a separate buffer, which may be larger. */
  bytes: Uint8Array;
  /** The bytes up to the next piece or the end of the file. */
  after: Uint8Array;
  isLast: boolean;
}

/** The offset of the closing quote of a string; at or past the end if there is none. */
function quoteEnd(bytes: Uint8Array, start: number): number {
  let i = start + 1;
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i;
}

/** The offset after the object at `start`; -1 if the object does not end within the bytes. */
function objectEnd(bytes: Uint8Array, start: number): number {
  let depth = 0;
  for (let i = start; i < bytes.length; i += 1) {
    const c = bytes[i];
    if (c === QUOTE) i = quoteEnd(bytes, i);
    if (c === OPEN) depth += 1;
    if (c === CLOSE) depth -= 1;
    if (depth === 0) return i + 1;
  }
  return -1;
}

/** The separator of the first two records, from brace to brace; undefined if the bytes do not contain it. */
function separatorAfter(bytes: Uint8Array, start: number): Uint8Array | undefined {
  const end = objectEnd(bytes, start);
  const comma = end < 0 ? -1 : skipSpace(bytes, end);
  const next = bytes[comma] === COMMA ? skipSpace(bytes, comma + 1) : -1;
  return bytes[next] === OPEN ? Uint8Array.prototype.slice.call(bytes, end - 1, next + 1) : undefined;
}

/**
 * Cuts a list of records near every MiB without scanning the bytes between: it searches for the separator of the first two
 * records. A cut can be wrong, because the separator may also occur inside a record; which cuts are wrong depends only on the
 * file. A cut is right if all earlier pieces consist of whole records.
 */
export class ExpectedCuts {
  readonly #pieceBytes: number;
  #bytes: Buffer = Buffer.allocUnsafeSlow(0);
  #length = 0;
  /** The separator is not within the first bytes up to here, except before the border. */
  #searched = 0;
  /** Offset of the pending bytes in the file. */
  #offset = 0;
  #separator: Uint8Array | undefined;
  /** Buffers to reuse. */
  readonly #free: Buffer[] = [];

  constructor(pieceBytes: number = MiB) {
    this.#pieceBytes = pieceBytes;
  }

  /** Reads the first bytes of a file; returns the bytes before the first record, or undefined if no separator follows. */
  start(chunk: Uint8Array): Uint8Array | undefined {
    const open = skipSpace(chunk, 0);
    const first = skipSpace(chunk, open + 1);
    if (chunk[open] !== OPEN_LIST || chunk[first] !== OPEN) return undefined;
    this.#separator = separatorAfter(chunk, first);
    if (!this.#separator) return undefined;
    this.#offset = first;
    return chunk.subarray(0, first);
  }

  /** Adds bytes, from the first record on; returns the completed pieces. */
  push(chunk: Uint8Array): Piece[] {
    const pieces: Piece[] = [];
    for (let at = 0; at < chunk.length; at += STEP_BYTES) {
      this.#append(chunk.subarray(at, at + STEP_BYTES));
      for (let piece = this.#next(); piece; piece = this.#next()) pieces.push(piece);
    }
    return pieces;
  }

  /** The first size of a buffer: a piece and the bytes that are added before its end is found, if records are small. */
  get #firstBytes(): number {
    return this.#pieceBytes + 2 * STEP_BYTES;
  }

  /** Whether there was no cut within the maximum length of a record, so there may be none. */
  get isLost(): boolean {
    return this.#length > MAX_RECORD_BYTES;
  }

  /** The bytes that are in no piece yet, and their offset. */
  rest(): { offset: number; bytes: Uint8Array } {
    return { offset: this.#offset, bytes: this.#bytes.subarray(0, this.#length) };
  }

  /** The last piece, once all bytes were added; undefined if they do not end a list. */
  end(): Piece | undefined {
    const bytes = this.#bytes;
    let at = this.#length;
    const before = (end: number): number => {
      let i = end;
      while (i > 0 && isSpace(bytes[i - 1] as number)) i -= 1;
      return i;
    };
    at = before(at);
    if (bytes[at - 1] !== CLOSE_LIST) return undefined;
    at = before(at - 1);
    return bytes[at - 1] === CLOSE ? this.#cut(at, this.#length, true) : undefined;
  }

  /** Reuses the buffer of a piece, which must not be read any more. */
  recycle(bytes: Uint8Array): void {
    if (this.#free.length < 8) this.#free.push(Buffer.from(bytes.buffer as ArrayBuffer));
  }

  #append(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#bytes.length) {
      const larger = this.#memory(Math.max(length, this.#firstBytes, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length = length;
  }

  #memory(length: number): Buffer {
    const found = this.#free.findIndex((buffer) => buffer.length >= length);
    return found < 0 ? Buffer.allocUnsafeSlow(length) : (this.#free.splice(found, 1)[0] as Buffer);
  }

  #next(): Piece | undefined {
    const separator = this.#separator as Uint8Array;
    const border = (Math.floor(this.#offset / this.#pieceBytes) + 1) * this.#pieceBytes;
    // The next record starts at the border or after it.
    const from = Math.max(0, border - this.#offset - separator.length + 1, this.#searched - separator.length + 1);
    if (from >= this.#length) return undefined;
    const found = this.#bytes.subarray(0, this.#length).indexOf(separator, from);
    this.#searched = this.#length;
    return found < 0 ? undefined : this.#cut(found + 1, found + separator.length - 1, false);
  }

  /** Cuts the pending bytes at `end`; the next piece starts at `next`. */
  #cut(end: number, next: number, isLast: boolean): Piece {
    const bytes = this.#bytes;
    const piece = {
      offset: this.#offset,
      bytes: bytes.subarray(0, end),
      after: Uint8Array.prototype.slice.call(bytes, end, next),
      isLast,
    };
    const rest = bytes.subarray(next, this.#length);
    this.#bytes = isLast ? Buffer.allocUnsafeSlow(0) : this.#memory(Math.max(rest.length, this.#firstBytes));
    this.#bytes.set(rest);
    this.#length = rest.length;
    this.#searched = 0;
    this.#offset += next;
    return piece;
  }
}
