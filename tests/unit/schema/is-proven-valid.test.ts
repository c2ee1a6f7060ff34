import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { METADATA_SCHEMA } from "../../../lib/dataset/metadata.ts";
import { compileRecord } from "../../../lib/schema/compile-record.ts";
import { isProvenValid } from "../../../lib/schema/is-proven-valid.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { ROOT } from "../../scratch.ts";

/** Schemas whose limits are close to the generated values. */
const size = fc.integer({ min: 0, max: 3 });
const { schema } = fc.letrec<{ schema: Schema; inner: Schema }>((tie) => ({
  inner: fc.oneof({ maxDepth: 2 }, fc.constantFrom<Schema>({}, { type: "string" }, { minimum: 1 }), tie("schema")),
  schema: fc
    .array(
      fc.oneof(
        fc.record({ type: fc.constantFrom("string", "number", "integer", "boolean", "array", "object", "null") }),
        fc.record({ enum: fc.constantFrom(["a", "b"], [1, "a"]) }),
        fc.record({ minLength: size }),
        fc.record({ maxLength: size }),
        fc.record({ pattern: fc.constantFrom("^a", "b$", "^[ab]+$") }),
        fc.record({ format: fc.constantFrom("date", "uri", "email") }),
        fc.record({ minimum: size }),
        fc.record({ maximum: size }),
        fc.record({ minItems: size }),
        fc.record({ uniqueItems: fc.constant(true) }),
        fc.record({ items: tie("inner") }),
        fc.record({ required: fc.subarray(["a", "b", ""]) }),
        fc.record({ properties: fc.record({ a: tie("inner"), b: tie("inner") }, { requiredKeys: [] }) }),
        fc.record({ additionalProperties: fc.oneof(fc.boolean(), tie("inner")) }),
        fc.record({ not: tie("inner") }),
      ),
      { maxLength: 3 },
    )
    .map((keywords): Schema => Object.assign({}, ...keywords)),
}));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom("", "a", "ab", "b", "😀", "\ud83d", "2020-02-29", "2021-02-29", "https://example.org", "http:///"),
    fc.constantFrom(0, 1, 2, 1.5, -1, true, false, null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.record({ a: tie("value"), b: tie("value"), "": tie("value") }, { requiredKeys: [] }),
  ),
}));

describe("isProvenValid", () => {
  it("accepts only what ajv accepts", () => {
    let accepted = 0;
    fc.assert(
      fc.property(schema, value, (one, given) => {
        if (!isProvenValid(given, one)) return;
        accepted += 1;
        expect(compileRecord(one)(given)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it("accepts the metadata of the Accords, so that no schema is compiled for them", () => {
    const metadata = JSON.parse(readFileSync(join(ROOT, "data/abraham-accords/dataset.json"), "utf8")) as object;
    expect(isProvenValid(metadata, METADATA_SCHEMA)).toBe(true);
    expect(isProvenValid({ ...metadata, keywords: [1] }, METADATA_SCHEMA)).toBe(false);
  });
});
