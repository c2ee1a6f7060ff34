import type { JsonRecord, Value } from "../../formats/value.ts";

/** A record with only one value, at a path. */
export const recordWith = (path: readonly string[], value: unknown): JsonRecord =>
  path.reduceRight<Value>((inner, name) => ({ [name]: inner }), value as Value) as JsonRecord;
