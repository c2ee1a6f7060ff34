import type { Remaining } from "./remaining-checks.ts";
import type { TapeForm } from "./tape.ts";

/** What is the same in all records with the same names, kinds of values and white space. */
export interface Form {
  tape: TapeForm;
  /** The entry of each place. */
  places: Int32Array;
  /** What has to be looked at to know that a record of this form is valid. */
  remaining: readonly Remaining[];
}
