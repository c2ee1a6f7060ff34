import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlainSchema } from "../../../lib/dataset/is-plain-schema.ts";
import { compileRecord } from "../../../lib/schema/compile-record.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { ROOT } from "../../scratch.ts";

const KEYWORDS = [
  ...["$schema", "$comment", "$ref", "$defs", "title", "description", "default", "examples", "deprecated", "readOnly", "type", "enum"],
  ...[
    "const",
    "required",
    "dependentRequired",
    "format",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
  ],
  ...["maxItems", "uniqueItems", "minProperties", "properties", "items", "additionalProperties", "allOf", "anyOf", "oneOf", "not"],
  ...["if", "then", "else", "patternProperties", "prefixItems", "references", "display", "x-own", "$id", "nullable"],
];
const anything = fc.oneof(
  fc.constantFrom(
    "https://json-schema.org/draft/2020-12/schema",
    "string",
    "object",
    "",
    "a",
    "(",
    "date",
    "edtf",
    "#/$defs/a",
    "#/$defs/b",
    "#/$defs/a/items",
    "#",
  ),
  fc.constantFrom(0, 1, 2, -1, 1.5, true, false, null),
  fc.constantFrom(
    [],
    ["string"],
    ["string", "null"],
    ["a", "a"],
    [1],
    [{}],
    [{ type: "string" }],
    {},
    { a: {} },
    { a: 1 },
    { a: ["b"] },
    { a: { type: 1 } },
  ),
);
const { schema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.dictionary(
    fc.constantFrom(...KEYWORDS),
    fc.oneof({ maxDepth: 2 }, anything, tie("schema"), fc.array(tie("schema"), { maxLength: 2 }), fc.record({ a: tie("schema") })),
    { maxKeys: 3 },
  ) as fc.Arbitrary<Schema>,
}));

describe("isPlainSchema", () => {
  it("accepts only schemas that ajv finds valid and compiles", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });
    let accepted = 0;
    fc.assert(
      fc.property(schema, (one) => {
        const withDefinitions = { ...one, $defs: { a: { type: "string" } } };
        if (!isPlainSchema(withDefinitions)) return;
        accepted += 1;
        expect(ajv.validateSchema(withDefinitions)).toBe(true);
        expect(compileRecord(withDefinitions)).toBeTypeOf("function");
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });

  it.each(["$id", "$anchor", "$dynamicAnchor"])("leaves %s inside an x- keyword to ajv, which resolves it", (keyword) => {
    const schema = { "x-own": { a: { [keyword]: "https://json-schema.org/draft/2020-12/schema" } } };
    expect(isPlainSchema(schema)).toBe(false);
    expect(() => compileRecord(schema)).toThrow(/resolves to more than one schema|invalid anchor/);
  });

  it("accepts the schema of the Accords, so that checking them starts no ajv", () => {
    expect(isPlainSchema(JSON.parse(readFileSync(join(ROOT, "data/abraham-accords/schema.json"), "utf8")) as Schema)).toBe(true);
  });
});
