import { isLfsPointer } from "../contract/is-lfs-pointer.ts";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import type { Wording } from "../diagnostics/rules/rule.ts";
import { isUtf16 } from "./is-utf16.ts";
import { type LineLocation, lineSpanUnits } from "./line-span.ts";
import { isSpace } from "./skip-space.ts";

/** Consecutive whole records of a file, without the separators around them. */
export interface Batch {
  /** Position of the first byte in its file, from 1. */
  line: number;
  column: number;
  bytes: Uint8Array;
  /** Bytes without white space between tokens. */
  minifiedBytes: number;
  /** A number has more than 15 characters or an exponent, so JSON.stringify may write it differently. */
  mayPrintDifferently: boolean;
  /** Cut where a cut was expected, so it may not consist of whole records. `line`, `column` and `minifiedBytes` are unknown (0). */
  isSpeculative?: boolean;
}

export interface Break extends Wording {
  line: number;
  column: number;
}

const MiB = 1024 * 1024;
/** Maximum length of a record; a longer one usually lacks a closing bracket. */
export const MAX_RECORD_BYTES = 16 * MiB;

/** Maximum nesting: parsers are recursive. */
export const MAX_DEPTH = 64;
/** Bytes needed to identify a file that is not a list. */
const START_BYTES = 1024;
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
/** Shorter numbers are kept whole across chunks. */
const MAX_NUMBER_LENGTH = 64;

const isNumberPart = (c: number): boolean => (c >= 0x30 && c <= 0x39) || c === 0x2b || c === 0x2d || c === 0x2e || c === 0x65 || c === 0x45;

/** `<`, `=`, `>` and `|`. */
const CONFLICT_SIGNS = new Set([0x3c, 0x3d, 0x3e, 0x7c]);

/** Whether these seven bytes are a conflict marker of git. */
const isConflictMark = (bytes: Uint8Array): boolean =>
  bytes.length === 7 && CONFLICT_SIGNS.has(bytes[0] as number) && bytes.every((byte) => byte === bytes[0]);

/** Bytes without special meaning in a string. */
const IS_PLAIN = new Uint8Array(256).fill(1);
for (const c of [0x22, 0x5c, 0x0a]) IS_PLAIN[c] = 0;

const IS_NUMBER_START = new Uint8Array(256).fill(1, 0x30, 0x3a);
IS_NUMBER_START[0x2d] = 1;

/** The offset after the quote that ends a string; -1 if a line break or the end of the chunk comes first. */
function stringEnd(bytes: Uint8Array, from: number): number {
  const { length } = bytes;
  for (let i = from; i < length; i += 1) {
    const c = bytes[i] as number;
    if (IS_PLAIN[c] === 1) continue;
    if (c === 0x22) return i + 1;
    i += 1;
    if (c !== 0x5c || i >= length || bytes[i] === 0x0a) return -1;
  }
  return -1;
}

/**
 * Cuts a file with a JSON array into batches of the records that start in [k MiB, k+1 MiB), so that the cuts depend only on
 * the file. It recognizes only strings and brackets; the parser finds syntax errors within records. An error in the array
 * itself ends the file.
 */
export class RecordBatches {
  readonly #batchBytes: number;
  #pending: Uint8Array = new Uint8Array(0);
  /** Buffer for pending bytes that span chunks. */
  #space = new Uint8Array(0);
  #pendingOffset = 0;
  /** UTF-16 code units that precede the pending bytes on the same line. */
  #unitsBefore = 0;
  #state: "start" | "between" | "record" | "after" = "start";
  #position = 0;
  #line = 1;
  #lineStart = 0;
  #depth = 0;
  #inString = false;
  #stringStart = 0;
  #records = 0;
  #comma = false;
  #recordStart = 0;
  #recordEnd = 0;
  #recordLine = 1;
  #recordLineStart = 0;
  #batch: { start: number; end: number; line: number; column: number } | undefined;
  #minified = 0;
  #recordMinified = 0;
  #mayPrintDifferently = false;
  #recordMayPrintDifferently = false;
  #broken: Break | undefined;
  #hasEnded = false;

  constructor(batchBytes: number = MiB) {
    this.#batchBytes = batchBytes;
  }

  /** Resumes within a list, at the offset of a record. */
  static resume(offset: number, { line, column }: LineLocation, batchBytes: number = MiB): RecordBatches {
    const batches = new RecordBatches(batchBytes);
    batches.#state = "between";
    batches.#records = 1;
    batches.#comma = true;
    batches.#position = offset;
    batches.#pendingOffset = offset;
    batches.#line = line;
    // The line starts before the pending bytes.
    batches.#lineStart = offset - 1;
    batches.#unitsBefore = column - 1;
    return batches;
  }

  /** Whether the bytes so far end after the comma that follows a record. */
  get isAfterComma(): boolean {
    return this.#state === "between" && this.#comma && !this.#broken;
  }

  /** The number of records that started so far, unless the scan was resumed. */
  get recordCount(): number {
    return this.#records;
  }

  /** The syntax error that ended the array early, if any. */
  get broken(): Break | undefined {
    return this.#broken;
  }

  /** Adds the next bytes of the file; returns the completed batches. */
  push(chunk: Uint8Array): Batch[] {
    const done: Batch[] = [];
    if (this.#broken) return done;
    this.#append(chunk);
    this.#scan(this.#pending, this.#pendingOffset, done);
    this.#drop(this.#batch ? this.#batch.start : this.#state === "record" ? this.#recordStart : this.#position);
    if (this.#state === "record" && this.#position - this.#recordStart > MAX_RECORD_BYTES)
      this.#breakAtRecord({
        message: `A record that starts here is longer than ${MAX_RECORD_BYTES / MiB} MiB`,
        remedy: "Look for a missing } or a missing closing quote.",
      });
    return done;
  }

  /** Returns the batch so far, even if more records belong in it. */
  flush(): Batch[] {
    const done: Batch[] = [];
    this.#flush(done, this.#pending, this.#pendingOffset);
    return done;
  }

  /** Ends the file; returns the last batch. */
  end(): Batch[] {
    const done: Batch[] = [];
    this.#hasEnded = true;
    // Bytes that could not be identified before the end of the file.
    if (!this.#broken && this.#state !== "record") this.#scan(this.#pending, this.#pendingOffset, done);
    if (!this.#broken && this.#state === "record") {
      this.#recordEnd = this.#pendingOffset + this.#pending.length;
      this.#closeRecord(done, this.#pending, this.#pendingOffset);
      this.#flush(done, this.#pending, this.#pendingOffset);
      if (this.#depth > 0 || this.#inString) this.#breakAtRecord(jsonRules.openBracket("{"));
      else this.#breakAt(this.#pendingOffset + this.#pending.length, jsonRules.openList());
      return done;
    }
    this.#flush(done, this.#pending, this.#pendingOffset);
    if (this.#state === "start") this.#break(1, 1, jsonRules.emptyFile(true));
    else if (this.#state === "between") this.#breakAt(this.#position, jsonRules.openList());
    return done;
  }

  /** Appends a chunk to the pending bytes, in a reused buffer: a batch spans many chunks. */
  #append(chunk: Uint8Array): void {
    const pending = this.#pending;
    const length = pending.length + chunk.length;
    if (pending.length === 0) {
      this.#pending = chunk;
      return;
    }
    let space = this.#space;
    let start = pending.byteOffset;
    if (pending.buffer !== space.buffer || start + length > space.length) {
      if (length > space.length) space = new Uint8Array(length * 2);
      space.set(pending, 0);
      start = 0;
    }
    space.set(chunk, start + pending.length);
    this.#space = space;
    this.#pending = space.subarray(start, start + length);
  }

  /** Drops the bytes before an offset, and remembers how much of its line they were. */
  #drop(offset: number): void {
    const consumed = this.#pending.subarray(0, offset - this.#pendingOffset);
    const newline = consumed.lastIndexOf(0x0a);
    this.#unitsBefore = (newline < 0 ? this.#unitsBefore : 0) + lineSpanUnits(consumed.subarray(newline + 1));
    this.#pending = this.#pending.subarray(consumed.length);
    this.#pendingOffset += consumed.length;
  }

  #column(offset: number, lineStart: number): number {
    const from = lineStart - this.#pendingOffset;
    return (from < 0 ? this.#unitsBefore : 0) + lineSpanUnits(this.#pending.subarray(Math.max(0, from), offset - this.#pendingOffset)) + 1;
  }

  #break(line: number, column: number, wording: Wording): void {
    this.#broken ??= { line, column, ...wording };
  }

  #breakAt(offset: number, wording: Wording): void {
    this.#break(this.#line, this.#column(offset, this.#lineStart), wording);
  }

  #breakAtRecord(wording: Wording): void {
    this.#break(this.#recordLine, this.#column(this.#recordStart, this.#recordLineStart), wording);
  }

  #openRecord(offset: number): void {
    this.#state = "record";
    this.#depth = 0;
    this.#inString = false;
    this.#comma = false;
    this.#recordStart = offset;
    this.#recordMinified = 0;
    this.#recordMayPrintDifferently = false;
    this.#recordLine = this.#line;
    this.#recordLineStart = this.#lineStart;
  }

  #closeRecord(done: Batch[], bytes: Uint8Array, base: number): void {
    this.#records += 1;
    if (this.#batch && Math.floor(this.#recordStart / this.#batchBytes) !== Math.floor(this.#batch.start / this.#batchBytes))
      this.#flush(done, bytes, base);
    this.#batch ??= {
      start: this.#recordStart,
      end: 0,
      line: this.#recordLine,
      column: this.#column(this.#recordStart, this.#recordLineStart),
    };
    this.#batch.end = this.#recordEnd;
    this.#minified += this.#recordMinified;
    this.#mayPrintDifferently ||= this.#recordMayPrintDifferently;
  }

  #flush(done: Batch[], bytes: Uint8Array, base: number): void {
    if (!this.#batch) return;
    const { start, end, line, column } = this.#batch;
    done.push({
      line,
      column,
      bytes: new Uint8Array(bytes.subarray(start - base, end - base)),
      minifiedBytes: this.#minified,
      mayPrintDifferently: this.#mayPrintDifferently,
    });
    this.#batch = undefined;
    this.#minified = 0;
    this.#mayPrintDifferently = false;
  }

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: the states of a scanner
  #scan(bytes: Uint8Array, base: number, done: Batch[]): void {
    let i = this.#position - base;
    while (i < bytes.length && !this.#broken) {
      if (this.#state === "record" && !this.#inString) i = this.#scanOrdinary(bytes, base, i);
      if (i >= bytes.length) break;
      const next = this.#inString
        ? this.#scanString(bytes, base, i, done)
        : this.#state === "record"
          ? this.#scanValue(bytes, base, i, done)
          : this.#scanOutside(bytes, base, i, done);
      // No progress: the token continues in the next chunk.
      if (next === i) break;
      i = next;
    }
    this.#position = base + i;
    if (this.#state === "after" || this.#broken) this.#flush(done, bytes, base);
  }

  /**
   * Fast path for most bytes of a record: whole strings without line breaks, white space, brackets and words. It stops at
   * anything else: a number, the end of the record, a token that may continue in the next chunk.
   */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: most bytes of a dataset pass here
  #scanOrdinary(bytes: Uint8Array, base: number, from: number): number {
    let i = from;
    let end = 0;
    let minified = 0;
    let depth = this.#depth;
    while (i < bytes.length) {
      const c = bytes[i] as number;
      if (c === 0x22) {
        const after = stringEnd(bytes, i + 1);
        if (after < 0) break;
        minified += after - i;
        i = after;
        end = i;
        continue;
      }
      if (c <= 0x20) {
        if (!isSpace(c)) break;
        if (c === 0x0a) this.#newline(base + i);
        i += 1;
        continue;
      }
      if (IS_NUMBER_START[c] === 1 || (depth === 0 && (c === 0x2c || c === 0x5d))) break;
      if (c === 0x7b || c === 0x5b) {
        if (depth === MAX_DEPTH) break;
        depth += 1;
      } else if (c === 0x7d || c === 0x5d) {
        if (depth === 0) break;
        depth -= 1;
      }
      minified += 1;
      i += 1;
      end = i;
    }
    this.#depth = depth;
    this.#recordMinified += minified;
    if (end > 0) this.#recordEnd = base + end;
    return i;
  }

  /** Scans the inside of a string; returns the offset to continue at. */
  #scanString(bytes: Uint8Array, base: number, from: number, done: Batch[]): number {
    const length = bytes.length;
    let i = from;
    while (i < length) {
      const c = bytes[i] as number;
      if (IS_PLAIN[c] === 1) {
        i += 1;
        continue;
      }
      if (c === 0x22) break;
      if (c === 0x5c) {
        if (i + 1 >= length) break;
        i += 1;
      }
      if (bytes[i] === 0x0a) {
        // The parser of this record decides whether the quote ends a string that lacks its opening quote.
        this.#recordEnd = base + i;
        this.#closeRecord(done, bytes, base);
        this.#breakAt(this.#stringStart, jsonRules.openText());
        return i;
      }
      i += 1;
    }
    this.#recordMinified += i - from;
    if (bytes[i] !== 0x22) return i;
    this.#recordMinified += 1;
    this.#inString = false;
    this.#recordEnd = base + i + 1;
    return i + 1;
  }

  /** Scans white space and one token of a record; returns the offset to continue at. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: a dispatch by byte
  #scanValue(bytes: Uint8Array, base: number, from: number, done: Batch[]): number {
    let i = from;
    let c = bytes[i] as number;
    if (isSpace(c)) {
      i = this.#skipSpace(bytes, base, from);
      if (i >= bytes.length) return i;
      c = bytes[i] as number;
    }
    if ((c >= 0x30 && c <= 0x39) || c === 0x2d) return this.#scanNumber(bytes, base, i);
    if (this.#depth === 0 && (c === 0x2c || c === 0x5d)) {
      this.#closeRecord(done, bytes, base);
      this.#comma = c === 0x2c;
      this.#state = c === 0x2c ? "between" : "after";
      return i + 1;
    }
    this.#recordMinified += 1;
    if (c === 0x22) {
      this.#inString = true;
      this.#stringStart = base + i;
      this.#recordEnd = base + i + 1;
      return this.#scanString(bytes, base, i + 1, done);
    }
    if (c === 0x7b || c === 0x5b) this.#depth += 1;
    else if (c === 0x7d || c === 0x5d) this.#depth -= 1;
    if (this.#depth > MAX_DEPTH) this.#breakAt(base + i, jsonRules.tooDeep(MAX_DEPTH));
    else if (this.#depth < 0) {
      this.#recordEnd = base + i;
      this.#closeRecord(done, bytes, base);
      this.#breakAt(base + i, jsonRules.bracketTooMany("}"));
    } else this.#recordEnd = base + i + 1;
    return i + 1;
  }

  /** A number at the end of the chunk may continue in the next one. */
  #scanNumber(bytes: Uint8Array, base: number, from: number): number {
    const length = bytes.length;
    let i = from;
    let hasExponent = false;
    while (i < length && isNumberPart(bytes[i] as number)) {
      hasExponent ||= bytes[i] === 0x65 || bytes[i] === 0x45;
      i += 1;
    }
    if (i >= length && i - from < MAX_NUMBER_LENGTH) return from;
    this.#recordMinified += i - from;
    this.#recordMayPrintDifferently ||= hasExponent || i - from > 15;
    this.#recordEnd = base + i;
    return i;
  }

  #skipSpace(bytes: Uint8Array, base: number, from: number): number {
    let i = from;
    while (i < bytes.length && isSpace(bytes[i] as number)) {
      if (bytes[i] === 0x0a) this.#newline(base + i);
      i += 1;
    }
    return i;
  }

  #scanOutside(bytes: Uint8Array, base: number, i: number, done: Batch[]): number {
    const c = bytes[i] as number;
    if (isSpace(c)) return this.#skipSpace(bytes, base, i);
    // A file must get the same problem regardless of chunk boundaries.
    const needed =
      this.#state === "start" && (c !== 0x5b || base + i === 0)
        ? START_BYTES
        : base + i === this.#lineStart && CONFLICT_SIGNS.has(c)
          ? 7
          : 0;
    if (bytes.length - i < needed && !this.#hasEnded) return i;
    if (base + i === this.#lineStart && isConflictMark(bytes.subarray(i, i + 7))) {
      this.#breakAt(base + i, jsonRules.mergeConflict());
      return i;
    }
    this.#outside(c, base + i, bytes.subarray(i, i + START_BYTES));
    return (this.#state as string) === "record" ? this.#scanValue(bytes, base, i, done) : i + 1;
  }

  #newline(offset: number): void {
    this.#line += 1;
    this.#lineStart = offset + 1;
  }

  /** Handles a character outside of all records. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a table of cases: state and byte
  #outside(c: number, offset: number, start: Uint8Array): void {
    if (this.#state === "start") {
      if (offset === 0 && (c === 0xff || c === 0xfe || isUtf16(start))) this.#breakAt(offset, jsonRules.notUtf8(true));
      else if (c === 0xef && offset === 0) this.#breakAt(offset, jsonRules.byteOrderMark());
      else if (c !== 0x5b) this.#breakAt(offset, isLfsPointer(textOf(start)) ? jsonRules.lfsPointer() : jsonRules.noList(textOf(start)));
      else this.#state = "between";
      return;
    }
    if (this.#state === "after") {
      this.#breakAt(offset, jsonRules.afterList(String.fromCharCode(c)));
      return;
    }
    if (c === 0x5d) {
      if (this.#comma) this.#breakAt(offset, jsonRules.trailingComma("]", true));
      this.#state = "after";
      return;
    }
    if (c === 0x2c) {
      this.#breakAt(offset, this.#records === 0 ? jsonRules.leadingComma("list") : jsonRules.doubled("comma", "between records"));
      return;
    }
    this.#openRecord(offset);
  }
}
