import { resolveSchema } from "./resolve-schema.ts";
import type { Schema } from "./table-plan.ts";

/** The JSON types that a schema allows, without null; empty where it does not say. A number without fractions is an integer. */
export const typesIn = (schema: Schema): string[] => {
  if (schema.type !== undefined) return [schema.type].flat().filter((type) => type !== "null");
  const values = (schema.const !== undefined ? [schema.const] : (schema.enum ?? [])).filter((value) => value !== null);
  return [...new Set(values.map((value) => (Number.isInteger(value) ? "integer" : typeof value)))];
};

/** True as well where the schema does not say. */
export const mayBeNull = ({ type, enum: listed, const: only }: Schema): boolean => {
  if (type !== undefined) return [type].flat().includes("null");
  return only === null || listed?.includes(null) === true || (listed === undefined && only === undefined);
};

const isOnly = ({ type }: Schema, expected: string): boolean => [type].flat().every((one) => one === expected);

/** Whether each record has a value of the expected kind at a path: each name on the way is required, and nothing may be null. */
export function isAlwaysThere(record: Schema, path: readonly string[], isList: boolean): boolean {
  let node = record;
  for (const name of path) {
    if (!isOnly(node, "object") || !node.required?.includes(name)) return false;
    node = resolveSchema(node.properties?.[name] ?? {}, record);
  }
  return isList ? isOnly(node, "array") : !mayBeNull(node);
}
