import type { Form } from "./form.ts";
import { type FormStep, stepsOf } from "./form-step.ts";
import { Kind, NUMBER, type Tape } from "./tape.ts";

/** Records of more values are read without a form. */
const MAX_ENTRIES = 120;
/** Tables whose records never repeat a form are not to fill the memory. */
const MAX_STEPS = 20_000;
/** What steps and forms take at most: names, and the white space between values, may be of any length. */
const MAX_BYTES = 32 * 1024 * 1024;
/** About what a step takes beside its bytes, and each check that a form leaves. */
const OBJECT_BYTES = 200;
/** So many are compared before a record is read without a form. */
const MAX_FOLLOWING = 16;

/** Bytes of the record. */
const sizeOf = (starts: Int32Array, ends: Int32Array): number => (ends[0] as number) - (starts[0] as number);

/** Bytes of the record, as it is read, that belong to no string and no number. */
function bytesBetween({ size, kinds, readStarts, readEnds }: Tape): number {
  let bytes = sizeOf(readStarts, readEnds);
  for (let entry = 0; entry < size; entry += 1)
    if (((kinds[entry] as number) & (Kind.string | NUMBER)) !== 0) bytes -= (readEnds[entry] as number) - (readStarts[entry] as number);
  return bytes;
}

const bytesOfStep = ({ words, written }: FormStep): number => words.byteLength + written.length + OBJECT_BYTES;
const bytesOfForm = ({ tape, places, remaining }: Form): number =>
  tape.kinds.byteLength + tape.names.byteLength + tape.nexts.byteLength + places.byteLength + remaining.length * OBJECT_BYTES;

/** The forms of the records so far, as a tree of steps: forms that start alike share their first steps. */
export class FormTree {
  /** First steps of records that are canonical where they are read, and of others. */
  readonly verbatim: FormStep[] = [];
  readonly rewritten: FormStep[] = [];
  #size = 0;
  #bytes = 0;

  /** About the bytes that the steps and forms take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds the form of the record on a tape, which was read from `read` and written to `text`. */
  add(tape: Tape, read: Uint8Array, text: Uint8Array, makeForm: () => Form): void {
    if (tape.size > MAX_ENTRIES || this.#size > MAX_STEPS) return;
    // Each byte is kept twice: as it is read, and as it is written.
    if (this.#bytes + 2 * bytesBetween(tape) > MAX_BYTES) return;
    const steps = stepsOf(tape, read, text);
    // The canonical text is shorter than any other.
    const isVerbatim = sizeOf(tape.readStarts, tape.readEnds) === sizeOf(tape.starts, tape.ends);
    let following = isVerbatim ? this.verbatim : this.rewritten;
    let step: FormStep | undefined;
    for (const next of steps) {
      step = following.find((known) => known.equals(next));
      if (!step) {
        if (following.length === MAX_FOLLOWING) return;
        this.#size += 1;
        this.#bytes += bytesOfStep(next);
        step = next;
        following.push(next);
      }
      following = step.following;
    }
    if (!step || step.form) return;
    step.form = makeForm();
    this.#bytes += bytesOfForm(step.form);
  }
}
