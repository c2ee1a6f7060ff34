import type { Form } from "./form.ts";
import { type FormStep, stepsOf } from "./form-step.ts";
import type { Tape } from "./tape.ts";

/** Records of more values are read without a form. */
const MAX_ENTRIES = 120;
/** Tables whose records never repeat a form are not to fill the memory. */
const MAX_STEPS = 20_000;
/** So many are compared before a record is read without a form. */
const MAX_FOLLOWING = 16;

/** Bytes of the record. */
const sizeOf = (starts: Int32Array, ends: Int32Array): number => (ends[0] as number) - (starts[0] as number);

/** The forms of the records so far, as a tree of steps: forms that start alike share their first steps. */
export class FormTree {
  /** First steps of records that are canonical where they are read, and of others. */
  readonly verbatim: FormStep[] = [];
  readonly rewritten: FormStep[] = [];
  #size = 0;

  /** Adds the form of the record on a tape, which was read from `read` and written to `text`. */
  add(tape: Tape, read: Uint8Array, text: Uint8Array, makeForm: () => Form): void {
    if (tape.size > MAX_ENTRIES || this.#size > MAX_STEPS) return;
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
        step = next;
        following.push(next);
      }
      following = step.following;
    }
    if (step) step.form ??= makeForm();
  }
}
