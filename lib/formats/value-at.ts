import type { Value } from "./value.ts";

/** The value at a path of property names; undefined if there is none. */
export function valueAt(record: Value, path: readonly string[]): Value {
  let value: Value = record;
  for (const name of path) {
    if (value === null || typeof value !== "object" || Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}
