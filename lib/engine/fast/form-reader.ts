import type { ByteWriter } from "./byte-writer.ts";
import type { Form } from "./form.ts";
import type { FormStep, Mark } from "./form-step.ts";
import type { FormTree } from "./form-tree.ts";
import { NumberBytes } from "./number-bytes.ts";
import { isSurprising } from "./surprising-text.ts";
import { Holds, Kind, type Tape } from "./tape.ts";
import { END_OF_TEXT, ESCAPE, ESCAPES, IN_TEXT } from "./text-bytes.ts";

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
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  #isCopied = false;
  /** Most records are like the last one. */
  #wasCopied = false;

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

  /** Whether the record that was read was written to `out`: it is not canonical where it was read. */
  get isCopied(): boolean {
    return this.#isCopied;
  }

  /** Says which bytes are read. */
  open(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads the record at an offset; undefined, and nothing is written, where it has no known form. */
  read(start: number): Form | undefined {
    const isCopied = this.#wasCopied;
    const form = this.#readAs(isCopied, start) ?? this.#readAs(!isCopied, start);
    if (form) {
      this.#wasCopied = this.#isCopied;
      this.#tape.use(form.tape);
    }
    return form;
  }

  #readAs(isCopied: boolean, start: number): Form | undefined {
    const before = this.#out.length;
    this.#isCopied = isCopied;
    this.#at = start;
    let following = isCopied ? this.#tree.spaced : this.#tree.verbatim;
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
      this.#record(step, before, start);
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

  /** Reads a value up to its end; false where it has another kind, or would not be written as it stands. */
  #isRead({ kind, entry }: FormStep, start: number): boolean {
    if (kind === Kind.string) return this.#isTextRead(entry, start);
    const numbers = this.#numbers;
    if (!numbers.read(this.#bytes, start) || numbers.kind !== kind || numbers.end !== numbers.writtenEnd) return false;
    this.#at = numbers.end;
    this.#tape.holds[entry] = 0;
    return true;
  }

  #isTextRead(entry: number, start: number): boolean {
    const bytes = this.#bytes;
    let at = start;
    let holds = 0;
    for (;;) {
      const meaning = IN_TEXT[bytes[at] as number] as number;
      if (meaning < ESCAPE) {
        holds |= meaning;
        at += 1;
      } else if (meaning === ESCAPE) {
        const added = ESCAPES[bytes[at + 1] as number] as number;
        if (added === 0) return false;
        holds |= added;
        at += 2;
      } else if (meaning === END_OF_TEXT) break;
      else return false;
    }
    if ((holds & Holds.unusual) !== 0 && isSurprising(bytes, start, at, this.#layout)) return false;
    this.#tape.holds[entry] = holds;
    this.#at = at;
    return true;
  }

  /** Notes where the values of a step are, from its first byte and that of its value. */
  #record(step: FormStep, before: number, start: number): void {
    const { starts, ends, holds } = this.#tape;
    const out = this.#out;
    const from = this.#isCopied ? out.length : before;
    const to = from + step.written.length;
    const end = step.kind === 0 ? start : this.#at;
    if (this.#isCopied) {
      out.copy(step.written, 0, step.written.length);
      out.copy(this.#bytes, start, end);
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
    if (step.kind === 0) {
      this.#at = start;
      return;
    }
    starts[step.entry] = to;
    ends[step.entry] = to + (end - start);
  }
}
