import type { Schema } from "./schema.ts";

/** The JSON types that a schema allows, without null; empty if it specifies none. Listed values without a fraction count as integers. */
export const typesIn = (schema: Schema): string[] => {
  if (schema.type !== undefined) return [schema.type].flat().filter((type) => type !== "null");
  const values = (schema.const !== undefined ? [schema.const] : (schema.enum ?? [])).filter((value) => value !== null);
  return [...new Set(values.map((value) => (Number.isInteger(value) ? "integer" : typeof value)))];
};
