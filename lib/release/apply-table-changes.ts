import type { JsonRecord } from "../formats/value.ts";
import { withChangedValues } from "./changed-values.ts";
import type { TableChanges } from "./changes-file.ts";

/** Derives the records of the new table from those of the old one. */
export function applyTableChanges(old: readonly JsonRecord[], changes: TableChanges, keyOf: (record: JsonRecord) => string): JsonRecord[] {
  const changed = new Map((changes.changed ?? []).map((change) => [change.key, change]));
  const rewritten = new Map((changes.rewritten ?? []).map(({ key, record }) => [key, record]));
  const removedKeys = new Set([...(changes.removed ?? []), ...(changes.replaced ?? [])].map(({ key }) => key));
  const added = changes.added ?? [];
  const applied = (record: JsonRecord): JsonRecord => {
    const change = changed.get(keyOf(record));
    return change ? (change.record ?? withChangedValues(record, change.fields)) : (rewritten.get(keyOf(record)) ?? record);
  };
  if (!changes.order) return [...old.filter((record) => !removedKeys.has(keyOf(record))).map(applied), ...added];
  const records: JsonRecord[] = [];
  let next = 0;
  for (const run of changes.order)
    if (typeof run === "number") {
      records.push(...added.slice(next, next + run));
      next += run;
    } else records.push(...old.slice(run[0], run[0] + run[1]).map(applied));
  return records;
}
