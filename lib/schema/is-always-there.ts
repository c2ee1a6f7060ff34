import { mayBeNull } from "./may-be-null.ts";
import { resolveSchema } from "./resolve-schema.ts";
import type { Schema } from "./schema.ts";

const isOnly = ({ type }: Schema, expected: string): boolean => [type].flat().every((one) => one === expected);

/** Whether every record has a value of the expected kind at a path: every name in the path is required, and no value may be null. */
export function isAlwaysThere(record: Schema, path: readonly string[], isList: boolean): boolean {
  let node = record;
  for (const name of path) {
    if (!isOnly(node, "object") || !node.required?.includes(name)) return false;
    node = resolveSchema(node.properties?.[name] ?? {}, record);
  }
  return isList ? isOnly(node, "array") : !mayBeNull(node);
}
