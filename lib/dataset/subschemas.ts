import { isObject } from "../contract/is-object.ts";

/** Keywords of JSON Schema 2020-12 by value: schemas by name, lists of schemas, a schema, or something else. */
export const SCHEMA_MAPS = ["properties", "$defs", "patternProperties", "dependentSchemas"];

export const SEVERAL = ["allOf", "anyOf", "oneOf", "prefixItems"];

export const ONE = ["items", "contains", "additionalProperties", "propertyNames", "if", "then", "else", "not"].concat([
  "unevaluatedItems",
  "unevaluatedProperties",
  "contentSchema",
]);

export type SchemaObject = Record<string, unknown>;

/** The direct subschemas of a schema, with their paths. */
export function subschemas(schema: SchemaObject): { schema: SchemaObject; path: string[] }[] {
  const found: { schema: unknown; path: string[] }[] = [];
  for (const keyword of SCHEMA_MAPS)
    for (const [name, inner] of Object.entries(isObject(schema[keyword]) ? schema[keyword] : {}))
      found.push({ schema: inner, path: [keyword, name] });
  for (const keyword of SEVERAL)
    for (const [i, inner] of Object.entries(Array.isArray(schema[keyword]) ? schema[keyword] : []))
      found.push({ schema: inner, path: [keyword, i] });
  for (const keyword of ONE) found.push({ schema: schema[keyword], path: [keyword] });
  return found.flatMap(({ schema, path }) => (isObject(schema) ? [{ schema, path }] : []));
}
