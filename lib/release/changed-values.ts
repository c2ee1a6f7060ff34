import type { JsonRecord, Value } from "../formats/value.ts";

export interface ValueChange {
  old?: Value;
  new?: Value;
}

/** The values that differ between two records with the same key, by property. */
export function changedValues(old: JsonRecord, now: JsonRecord): Record<string, ValueChange> {
  const own = (record: JsonRecord, name: string): Value => (Object.hasOwn(record, name) ? record[name] : undefined);
  const changed: [string, ValueChange][] = [];
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const [before, after] = [own(old, name), own(now, name)];
    if (!sameValue(before, after))
      changed.push([name, { ...(before === undefined ? {} : { old: before }), ...(after === undefined ? {} : { new: after }) }]);
  }
  return Object.fromEntries(changed);
}

function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]));
}

/** The old record with its changed values replaced in place and new ones appended. */
export function withChangedValues(old: JsonRecord, changes: Record<string, ValueChange>): JsonRecord {
  const record = { ...old };
  for (const [name, change] of Object.entries(changes))
    if ("new" in change) record[name] = change.new;
    else delete record[name];
  return record;
}
