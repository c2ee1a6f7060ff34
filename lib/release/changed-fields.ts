import type { JsonRecord, Value } from "../formats/value.ts";

export interface FieldChange {
  old?: Value;
  new?: Value;
}

/** The fields in which two records with the same key differ. */
export function changedFields(old: JsonRecord, now: JsonRecord): Record<string, FieldChange> {
  const own = (record: JsonRecord, name: string): Value => (Object.hasOwn(record, name) ? record[name] : undefined);
  const fields: [string, FieldChange][] = [];
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const [before, after] = [own(old, name), own(now, name)];
    if (!sameValue(before, after))
      fields.push([name, { ...(before === undefined ? {} : { old: before }), ...(after === undefined ? {} : { new: after }) }]);
  }
  return Object.fromEntries(fields);
}

function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]));
}

/** The old record with its changed fields replaced in place and new fields appended. */
export function withChangedFields(old: JsonRecord, fields: Record<string, FieldChange>): JsonRecord {
  const record = { ...old };
  for (const [name, field] of Object.entries(fields))
    if ("new" in field) record[name] = field.new;
    else delete record[name];
  return record;
}
