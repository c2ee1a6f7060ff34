import type { Form } from "./form.ts";
import { Kind, NUMBER, type Tape } from "./tape.ts";

/** What a step says of an object, a list or a word: its entry, and the offset from the start of the step's text. */
export interface Mark {
  entry: number;
  offset: number;
}

/**
 * A step through a record of a known form: the bytes from the end of one value to the start of the next, and that value, a string or
 * a number. The last step has no value.
 */
export class FormStep {
  /** The bytes as they are read, as 32-bit words; of the last one, only the bits of the mask. */
  readonly words: Int32Array;
  readonly lastMask: number;
  readonly length: number;
  /** The bytes as JSON.stringify writes them. */
  readonly written: Uint8Array;
  /** The entry of the value, and its kind. */
  readonly entry: number;
  readonly kind: number;
  /** What starts and what ends between the two values; offsets are into `written`. */
  readonly starting: readonly Mark[];
  readonly ending: readonly Mark[];
  /** What may come after the value. */
  readonly following: FormStep[] = [];
  /** The form of the record that ends here. */
  form: Form | undefined = undefined;

  constructor(read: Uint8Array, written: Uint8Array, step: Pick<FormStep, "entry" | "kind" | "starting" | "ending">) {
    this.length = read.length;
    this.words = wordsOf(read);
    this.lastMask = [-1, 0xff, 0xffff, 0xffffff][read.length % 4] as number;
    // What was written is overwritten by the next record.
    this.written = new Uint8Array(written);
    this.entry = step.entry;
    this.kind = step.kind;
    this.starting = step.starting;
    this.ending = step.ending;
  }

  equals(other: FormStep): boolean {
    return (
      this.entry === other.entry &&
      this.kind === other.kind &&
      this.length === other.length &&
      this.words.every((word, i) => word === other.words[i])
    );
  }
}

/** Little-endian, as a DataView is asked to read them on any machine. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  return Int32Array.from({ length: padded.length / 4 }, (_, i) => view.getInt32(i * 4, true));
}

const HAS_TEXT = Kind.string | NUMBER;

/** The steps through the record on a tape, which was read from `read` and written to `text`. */
export function stepsOf(tape: Tape, read: Uint8Array, text: Uint8Array): FormStep[] {
  const steps: FormStep[] = [];
  const { kinds, starts, ends, readStarts, readEnds } = tape;
  const open: number[] = [];
  let [from, readFrom] = [starts[0] as number, readStarts[0] as number];
  let starting: Mark[] = [];
  let ending: Mark[] = [];
  const step = (entry: number, kind: number, end: number, readEnd: number): void => {
    steps.push(new FormStep(read.subarray(readFrom, readEnd), text.subarray(from, end), { entry, kind, starting, ending }));
    [starting, ending] = [[], []];
  };
  /** Says where the objects and lists end that hold no entry from this one on. */
  const closeBefore = (entry: number): void => {
    for (let last = open.at(-1); last !== undefined && (tape.nexts[last] as number) <= entry; last = open.at(-1)) {
      ending.push({ entry: last, offset: (ends[last] as number) - from });
      open.pop();
    }
  };
  for (let entry = 0; entry < tape.size; entry += 1) {
    closeBefore(entry);
    const kind = kinds[entry] as number;
    if ((kind & HAS_TEXT) === 0) {
      starting.push({ entry, offset: (starts[entry] as number) - from });
      open.push(entry);
      continue;
    }
    step(entry, kind, starts[entry] as number, readStarts[entry] as number);
    [from, readFrom] = [ends[entry] as number, readEnds[entry] as number];
  }
  closeBefore(tape.size);
  step(0, 0, ends[0] as number, readEnds[0] as number);
  return steps;
}
