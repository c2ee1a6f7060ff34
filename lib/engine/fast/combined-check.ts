import type { RecordCheck } from "./record-check.ts";

/** Schemas that a value has to meet beside its own. */
export class CombinedCheck {
  /** Schemas of `allOf` and `$ref`, which must all hold. */
  all: RecordCheck[] = [];
  /** Of each list, at least one must hold. */
  any: RecordCheck[][] = [];
  /** Of each list, exactly one must hold. */
  one: RecordCheck[][] = [];
  not: RecordCheck | undefined = undefined;
  when: { condition: RecordCheck; holding: RecordCheck | undefined; otherwise: RecordCheck | undefined } | undefined = undefined;
}
