import { type LineSpan, lineSpanUnits } from "../../json/line-span.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import { isSurprising } from "./is-surprising.ts";
import type { PropertyNames } from "./property-names.ts";
import type { RecordTape } from "./record-tape.ts";
import { StringFlag } from "./string-flag.ts";

/** Return values of the kernel's parser other than the number of a form (assembly/record-parser.ts). */
const REFUSED = -2;
const UNKNOWN_NAME = -3;
const FULL = -4;

/** Zero bytes after a batch, which the kernel may read. */
const ZEROS = 32;

/**
 * Reads records onto the tape, and converts non-canonical records to canonical texts. Rejects a record if its canonical text is uncertain,
 * or if `JSON.parse` might silently ignore part of it.
 */
export class RecordReader {
  readonly #kernel: Kernel;
  readonly #tape: RecordTape;
  readonly #names: PropertyNames;
  readonly #layout: number;
  #address = 0;
  #capacity = 0;
  #out = 0;
  /** The end of the batch. */
  #end = 0;

  constructor(kernel: Kernel, { tape, names, layout }: { tape: RecordTape; names: PropertyNames; layout: number }) {
    this.#kernel = kernel;
    this.#tape = tape;
    this.#names = names;
    this.#layout = layout;
  }

  /** The address after the last record. */
  get end(): number {
    return this.#kernel.code.recordParserEnd();
  }

  /** Copies the bytes of a batch to the kernel; returns their address. */
  open(batch: Uint8Array): number {
    const size = batch.length + ZEROS;
    if (size > this.#capacity) {
      this.#capacity = 2 * size;
      this.#address = this.#kernel.reserve(this.#capacity);
      this.#out = this.#kernel.reserve(this.#capacity);
    }
    const end = this.#address + batch.length;
    this.#end = end;
    this.#kernel.bytes.set(batch, this.#address);
    this.#kernel.bytes.fill(0, end, end + ZEROS);
    this.#kernel.code.openRecordParser(end, this.#out);
    return this.#address;
  }

  /** Adds a canonical text to those of the batch; returns its address, or undefined if there is no space. */
  keepParsedRecord(text: Uint8Array): number | undefined {
    const { code } = this.#kernel;
    const start = code.parsedRecordStart();
    if (start + text.length > this.#out + this.#capacity) return undefined;
    this.#kernel.bytes.set(text, start);
    code.addParsedRecord(text.length);
    return start;
  }

  /** How far the batch advances a position in its file. */
  lineSpan(): LineSpan {
    const { code, bytes } = this.#kernel;
    const newlines = code.countNewlines(this.#address, this.#end);
    const last = newlines > 0 ? code.lastNewline() + 1 : this.#address;
    return { newlines, units: lineSpanUnits(bytes.subarray(last, this.#end)) };
  }

  /** Reads the record at an address. Returns the number of its form, -1 if it has none, or undefined if it is rejected. */
  read(start: number): number | undefined {
    const read = this.readPublished(start);
    return read === undefined || (this.#kernel.code.mayParsedRecordSurprise() !== 0 && this.#holdsSurprise()) ? undefined : read;
  }

  /** Like `read`, for a record of a release, whose texts were checked when it was published. */
  readPublished(start: number): number | undefined {
    const { code } = this.#kernel;
    let read = code.parseRecord(start);
    for (; read === UNKNOWN_NAME || read === FULL; read = code.parseRecord(start)) {
      if (read === FULL) this.#tape.grow();
      else if (!this.#names.addFound(this.#kernel.bytes.toString("utf8", code.recordParserNameStart(), code.recordParserNameEnd())))
        return undefined;
    }
    return read === REFUSED ? undefined : read;
  }

  #holdsSurprise(): boolean {
    const { starts, ends, holds, size } = this.#tape;
    for (let entry = 0; entry < size; entry += 1)
      if (((holds[entry] as number) & StringFlag.unusual) !== 0)
        if (isSurprising(this.#kernel.bytes, starts[entry] as number, ends[entry] as number, this.#layout)) return true;
    return false;
  }
}
