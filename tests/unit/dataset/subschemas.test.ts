import { describe, expect, it } from "vitest";
import { subschemas } from "../../../lib/dataset/subschemas.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const text: Schema = { type: "string" };

describe("subschemas", () => {
  it("are found under every keyword that contains schemas", () => {
    const named = ["properties", "$defs", "patternProperties", "dependentSchemas"];
    const listed = ["allOf", "anyOf", "oneOf", "prefixItems"];
    const single = ["items", "contains", "additionalProperties", "propertyNames", "if", "then", "else", "not"];
    const rest = ["unevaluatedItems", "unevaluatedProperties", "contentSchema"];
    const schema = Object.fromEntries([
      ...named.map((keyword) => [keyword, { a: text }]),
      ...listed.map((keyword) => [keyword, [text, true]]),
      ...[...single, ...rest].map((keyword) => [keyword, text]),
      ...["default", "examples", "const"].map((keyword) => [keyword, { a: text }]),
    ]);
    expect(subschemas(schema).map(({ path }) => path.join("/"))).toEqual([
      ...named.map((keyword) => `${keyword}/a`),
      ...listed.map((keyword) => `${keyword}/0`),
      ...[...single, ...rest],
    ]);
    expect(subschemas(schema).every((found) => found.schema === text)).toBe(true);
  });

  it("are not found under other keywords", () => {
    expect(subschemas({ properties: [text], allOf: { a: text }, items: true, not: [text], $defs: null })).toEqual([]);
    expect(subschemas({})).toEqual([]);
  });
});
