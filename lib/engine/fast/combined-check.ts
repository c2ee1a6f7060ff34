import type { RecordCheck } from "./record-check.ts";

/** Schemas that a value must satisfy in addition to its own keywords. */
export class CombinedCheck {
  /** Schemas of `allOf` and `$ref`, which must all hold. */
  all: RecordCheck[] = [];
  /** At least one schema of each list must hold. */
  any: RecordCheck[][] = [];
  /** Exactly one schema of each list must hold. */
  one: RecordCheck[][] = [];
  not: RecordCheck | undefined = undefined;
  when: { condition: RecordCheck; holding: RecordCheck | undefined; otherwise: RecordCheck | undefined } | undefined = undefined;
}
