import { ByteWriter } from "./byte-writer.ts";
import { EscapeBytes } from "./escape-bytes.ts";
import type { Form } from "./form.ts";
import type { FormStep, Mark } from "./form-step.ts";
import type { FormTree } from "./form-tree.ts";
import { NumberBytes } from "./number-bytes.ts";
import { isSurprising } from "./surprising-text.ts";
import { Holds, Kind, type Tape } from "./tape.ts";
import { END_OF_TEXT, ESCAPE, ESCAPES, IN_TEXT } from "./text-bytes.ts";

const QUOTE = 0x22;

/**
 * Reads records of known forms onto the tape. What stands between two values is compared with what is expected, and only values are
 * looked at. A record that is canonical is not copied: offsets are then into the bytes that are read.
 */
export class FormReader {
  readonly #tree: FormTree;
  readonly #tape: Tape;
  readonly #out: ByteWriter;
  readonly #layout: number;
  readonly #numbers = new NumberBytes();
  readonly #escapes = new EscapeBytes();
  /** A string of which escapes are written in another way, in quotes. */
  readonly #string = new ByteWriter(256);
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  /** The value that was read last, as JSON.stringify writes it. */
  #value: Buffer = this.#bytes;
  #valueStart = 0;
  #valueEnd = 0;
  #isRewritten = false;
  /** Most records are like the last one. */
  #wasRewritten = false;

  constructor(tree: FormTree, { tape, out, layout }: { tape: Tape; out: ByteWriter; layout: number }) {
    this.#tree = tree;
    this.#tape = tape;
    this.#out = out;
    this.#layout = layout;
  }

  /** The offset after the record that was read. */
  get end(): number {
    return this.#at;
  }

  /** Whether the record was written to `out`, because it may not be canonical where it was read. */
  get isRewritten(): boolean {
    return this.#isRewritten;
  }

  /** Says which bytes are read. */
  open(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads the record at an offset; undefined, and nothing is written, where it has no known form. */
  read(start: number): Form | undefined {
    const isRewritten = this.#wasRewritten;
    const form = this.#readAs(isRewritten, start) ?? this.#readAs(!isRewritten, start);
    if (form) {
      this.#wasRewritten = this.#isRewritten;
      this.#tape.use(form.tape);
    }
    return form;
  }

  #readAs(isRewritten: boolean, start: number): Form | undefined {
    const before = this.#out.length;
    this.#isRewritten = isRewritten;
    this.#at = start;
    let following = isRewritten ? this.#tree.rewritten : this.#tree.verbatim;
    for (;;) {
      const step = this.#next(following);
      if (step?.form) return step.form;
      if (!step) break;
      following = step.following;
    }
    this.#out.length = before;
    return undefined;
  }

  /** Takes the step that fits what comes next. */
  #next(steps: FormStep[]): FormStep | undefined {
    const before = this.#at;
    for (let i = 0; i < steps.length; i += 1) {
      const step = steps[i] as FormStep;
      if (!this.#isAt(step, before)) continue;
      const start = before + step.length;
      if (step.kind !== 0 && !this.#isRead(step, start)) continue;
      this.#record(step, before);
      // The likely ones move to the front.
      if (i > 0) {
        steps[i] = steps[i - 1] as FormStep;
        steps[i - 1] = step;
      }
      return step;
    }
    return undefined;
  }

  #isAt(step: FormStep, start: number): boolean {
    const { words, lastMask } = step;
    const view = this.#view;
    const last = words.length - 1;
    let at = start;
    if (at + words.length * 4 > view.byteLength) return this.#isAtEnd(step, start);
    for (let i = 0; i < last; i += 1, at += 4) if (view.getInt32(at, true) !== words[i]) return false;
    return (view.getInt32(at, true) & lastMask) === words[last];
  }

  /** The same where the bytes end before the last word. */
  #isAtEnd({ words, length }: FormStep, start: number): boolean {
    for (let i = 0; i < length; i += 1) if (this.#bytes[start + i] !== (((words[i >> 2] as number) >>> ((i & 3) * 8)) & 0xff)) return false;
    return true;
  }

  /** Reads a value up to its end; false where it has another kind, or would be written otherwise in a record that is not rewritten. */
  #isRead({ kind, entry }: FormStep, start: number): boolean {
    if (kind === Kind.string) return this.#isTextRead(entry, start);
    const numbers = this.#numbers;
    if (!numbers.read(this.#bytes, start) || numbers.kind !== kind) return false;
    if (numbers.end !== numbers.writtenEnd && !this.#isRewritten) return false;
    this.#at = numbers.end;
    this.#tape.holds[entry] = 0;
    this.#setValue(this.#bytes, start, numbers.writtenEnd);
    return true;
  }

  #setValue(bytes: Buffer, start: number, end: number): void {
    this.#value = bytes;
    this.#valueStart = start;
    this.#valueEnd = end;
  }

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: most bytes of a dataset pass here
  #isTextRead(entry: number, start: number): boolean {
    const bytes = this.#bytes;
    let at = start;
    let holds = 0;
    /** What stands before is in `#string`. */
    let from = -1;
    for (;;) {
      const meaning = IN_TEXT[bytes[at] as number] as number;
      if (meaning < ESCAPE) {
        holds |= meaning;
        at += 1;
      } else if (meaning === ESCAPE) {
        const added = ESCAPES[bytes[at + 1] as number] as number;
        holds |= added;
        if (added !== 0) at += 2;
        else if (this.#isEscapeWritten(from < 0, from < 0 ? start : from, at)) {
          holds |= this.#escapes.holds;
          at = this.#escapes.end;
          from = at;
        } else return false;
      } else if (meaning === END_OF_TEXT) break;
      else return false;
    }
    this.#at = at;
    if (from < 0) this.#setValue(bytes, start, at);
    else this.#endString(from, at);
    this.#tape.holds[entry] = holds;
    return (holds & Holds.unusual) === 0 || !isSurprising(this.#value, this.#valueStart, this.#valueEnd, this.#layout);
  }

  /** Writes what stands before an escape, and what the escape is written as. */
  #isEscapeWritten(isFirst: boolean, from: number, at: number): boolean {
    if (!this.#isRewritten || !this.#escapes.read(this.#bytes, at)) return false;
    const string = this.#string;
    if (isFirst) {
      string.length = 0;
      string.byte(QUOTE);
    }
    string.copy(this.#bytes, from, at);
    string.text(this.#escapes.written);
    return true;
  }

  #endString(from: number, at: number): void {
    const string = this.#string;
    string.copy(this.#bytes, from, at);
    string.byte(QUOTE);
    this.#setValue(string.bytes, 1, string.length - 1);
  }

  /** Notes where the values of a step are, and writes a record that is rewritten. */
  #record(step: FormStep, before: number): void {
    const { starts, ends, holds } = this.#tape;
    const out = this.#out;
    const hasValue = step.kind !== 0;
    const from = this.#isRewritten ? out.length : before;
    if (this.#isRewritten) {
      out.copy(step.written, 0, step.written.length);
      if (hasValue) out.copy(this.#value, this.#valueStart, this.#valueEnd);
    }
    const { starting, ending } = step;
    for (let i = 0; i < ending.length; i += 1) {
      const { entry, offset } = ending[i] as Mark;
      ends[entry] = from + offset;
    }
    for (let i = 0; i < starting.length; i += 1) {
      const { entry, offset } = starting[i] as Mark;
      starts[entry] = from + offset;
      holds[entry] = 0;
    }
    if (!hasValue) {
      this.#at = before + step.length;
      return;
    }
    const to = from + step.written.length;
    starts[step.entry] = to;
    ends[step.entry] = to + this.#valueEnd - this.#valueStart;
  }
}
