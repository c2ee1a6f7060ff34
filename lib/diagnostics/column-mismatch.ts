import { columnRules } from "./rules/column-rules.ts";
import type { Wording } from "./rules/rule.ts";
import type { JsonType } from "./rules/value-rules.ts";

/**
 * A difference between the columns of a record and of its table. If a column was added, renamed or dropped, every record of
 * the table has the same mismatch, which is reported once.
 */
export type ColumnMismatch =
  | { kind: "unknown"; name: string; known: readonly string[]; type: JsonType }
  | { kind: "missing"; name: string; wording: Wording }
  | { kind: "missingSeveral"; names: readonly string[] }
  | { kind: "wrapped"; name: string }
  | { kind: "otherTable"; missing: readonly string[]; unknown: readonly string[] };

/** Mismatches with the same key at the same path of a table are reported as one problem. */
export const mismatchId = (mismatch: ColumnMismatch): string => {
  switch (mismatch.kind) {
    case "missingSeveral":
      return `missingSeveral ${mismatch.names.join(" ")}`;
    case "otherTable":
      return "otherTable";
    default:
      return `${mismatch.kind} ${mismatch.name}`;
  }
};

/** `records` is the number of records with this mismatch. */
export function mismatchWording(mismatch: ColumnMismatch, records: number): Wording {
  switch (mismatch.kind) {
    case "unknown":
      return columnRules.unknown(mismatch.name, mismatch.known, mismatch.type, records);
    case "missing":
      return records === 1 ? mismatch.wording : { ...mismatch.wording, message: `${mismatch.wording.message} (in ${records} records)` };
    case "missingSeveral":
      return columnRules.missingSeveral(mismatch.names, records);
    case "wrapped":
      return columnRules.wrapped(mismatch.name, records);
    case "otherTable":
      return columnRules.otherTable(mismatch.missing, mismatch.unknown, records);
  }
}
