import { randomInt } from "node:crypto";
import type { Kernel } from "../../kernel/kernel.ts";
import type { ColumnSlots, LocatedSlots } from "./column-slots.ts";
import type { FormProof } from "./form-proofs.ts";
import type { RecordTape } from "./record-tape.ts";
import type { Remaining } from "./remaining-checks.ts";

/** Maximum values of a record with a form. */
const MAX_ENTRIES = 120;
/** Maximum forms, to limit memory if records rarely have the same form. */
const MAX_FORMS = 4096;
const SLOT_BYTES = 16;
const PLAN_BYTES = 12;
/** Marks a form without a proof. */
const NO_PROOF = 0xffffffff;
/** Bytes of kind, name and structure per entry. */
const ENTRY_BYTES = 9;

/** Properties shared by all records with the same names, kinds of values and structure. */
export interface Form {
  slots: LocatedSlots;
  /** The checks that remain for each record. */
  remaining: readonly Remaining[];
  /** The proof of the remaining checks in the kernel, if it supports them. */
  proof: FormProof | undefined;
}

/** The forms of the records so far. The kernel looks up the form of a record. */
export class KnownForms {
  readonly #kernel: Kernel;
  readonly #forms: Form[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    const slots = kernel.reserveZero(2 * MAX_FORMS * SLOT_BYTES);
    kernel.code.openFormTable(slots, 2 * MAX_FORMS, kernel.reserve(MAX_FORMS * PLAN_BYTES), randomInt(2 ** 31) * 2 + 1);
  }

  get count(): number {
    return this.#forms.length;
  }

  /** The form with a number; undefined for the number of a record without a form. */
  get(number: number): Form | undefined {
    return this.#forms[number];
  }

  /** Uses the slots of a form. Without a form, locates the values of the record on the tape and adds their form. */
  useSlots(form: Form | undefined, slots: ColumnSlots, tape: RecordTape, makeForm: () => Form): void {
    if (form) slots.use(form.slots);
    else {
      slots.locate(tape);
      this.add(tape, makeForm);
    }
  }

  /** Adds the form of the last record, which had none. */
  add(tape: RecordTape, makeForm: () => Form): void {
    if (tape.size > MAX_ENTRIES || this.#forms.length === MAX_FORMS) return;
    const address = this.#kernel.reserve(ENTRY_BYTES * tape.size);
    const form = makeForm();
    const { address: proof, count } = form.proof ?? { address: 0, count: NO_PROOF };
    this.#kernel.code.addToFormTable(this.#forms.push(form) - 1, address, form.slots.address, proof, count);
  }
}
