import { randomInt } from "node:crypto";
import type { Kernel } from "../../kernel/kernel.ts";
import type { FormProof } from "./form-proof.ts";
import type { LocatedPlaces, Places } from "./places.ts";
import type { Remaining } from "./remaining-checks.ts";
import type { Tape } from "./tape.ts";

/** Records of more values are read without a form. */
const MAX_ENTRIES = 120;
/** Maximum number of forms: tables whose records never repeat one must not fill the memory. */
const MAX_FORMS = 4096;
const SLOT_BYTES = 16;
const PLAN_BYTES = 12;
/** Instead of a number of steps. */
const NO_PROOF = 0xffffffff;
/** Of kinds, names and structure. */
const ENTRY_BYTES = 9;

/** What is the same in all records with the same names, kinds of values and structure. */
export interface Form {
  places: LocatedPlaces;
  /** What has to be looked at to know that a record of this form is valid. */
  remaining: readonly Remaining[];
  /** How the kernel may know it. */
  proof: FormProof | undefined;
}

/** The forms of the records so far. The kernel tells which one a record has. */
export class Forms {
  readonly #kernel: Kernel;
  readonly #forms: Form[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    const slots = kernel.reserveZero(2 * MAX_FORMS * SLOT_BYTES);
    kernel.code.openForms(slots, 2 * MAX_FORMS, kernel.reserve(MAX_FORMS * PLAN_BYTES), randomInt(2 ** 31) * 2 + 1);
  }

  get count(): number {
    return this.#forms.length;
  }

  /** The form with a number; undefined for that of a record without one. */
  get(number: number): Form | undefined {
    return this.#forms[number];
  }

  /** Uses the places of a form; without one, locates the values of the record on the tape and adds their form. */
  usePlaces(form: Form | undefined, places: Places, tape: Tape, makeForm: () => Form): void {
    if (form) places.use(form.places);
    else {
      places.locate(tape);
      this.add(tape, makeForm);
    }
  }

  /** Adds the form of the record that was read last, which has none. */
  add(tape: Tape, makeForm: () => Form): void {
    if (tape.size > MAX_ENTRIES || this.#forms.length === MAX_FORMS) return;
    const address = this.#kernel.reserve(ENTRY_BYTES * tape.size);
    const form = makeForm();
    const { address: proof, count } = form.proof ?? { address: 0, count: NO_PROOF };
    this.#kernel.code.addForm(this.#forms.push(form) - 1, address, form.places.address, proof, count);
  }
}
