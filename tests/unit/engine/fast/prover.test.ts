import { describe, expect, it } from "vitest";
import { PropertyNames } from "../../../../lib/engine/fast/property-names.ts";
import { Prover, ProverAnswer } from "../../../../lib/engine/fast/prover.ts";
import { compileRecordCheck } from "../../../../lib/engine/fast/record-check.ts";
import { RecordReader } from "../../../../lib/engine/fast/record-reader.ts";
import { RecordTape } from "../../../../lib/engine/fast/record-tape.ts";
import { remainingChecks } from "../../../../lib/engine/fast/remaining-checks.ts";
import { Kernel } from "../../../../lib/kernel/kernel.ts";
import { compileRecord } from "../../../../lib/schema/compile-record.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";

/** The verdict on a record. */
function known(schema: Schema, record: object): string {
  const kernel = new Kernel();
  const names = new PropertyNames(kernel);
  const tape = new RecordTape(kernel);
  const reader = new RecordReader(kernel, { tape, names, layout: 2 });
  const check = compileRecordCheck(schema, names);
  expect(reader.read(reader.open(Buffer.from(JSON.stringify(record))))).toBeDefined();
  const prover = new Prover(tape);
  const verdict = prover.prove(check, kernel.bytes);
  expect(prover.proveRemaining(remainingChecks(check, tape), kernel.bytes)).toBe(verdict);
  const word = Object.entries(ProverAnswer).find(([, value]) => value === verdict)?.[0] ?? "";
  // Certain verdicts must equal those of ajv.
  if (word !== "unknown") expect(compileRecord(schema)(record)).toBe(word === "yes");
  return word;
}
const of = (a: Schema): Schema => ({ type: "object", properties: { a } });

describe("Prover", () => {
  it.each<[string, Schema, unknown, unknown]>([
    ["types", { type: ["string", "null"] }, null, 1],
    ["whole numbers", { type: "integer" }, 5, 5.5],
    ["enum", { enum: ["a", 1, null] }, 1, 2],
    ["const", { const: 'say "x"' }, 'say "x"', "x"],
    ["enum and const together", { enum: ["a", "b"], const: "b" }, "b", "a"],
    ["lengths in characters", { minLength: 2, maxLength: 3 }, "😀\n😀", "😀"],
    ["patterns", { pattern: "^[a-z]+$" }, "ab", "aB"],
    ["patterns with non-ASCII characters", { pattern: "^.$" }, "é", "éé"],
    ["dates", { format: "date" }, "2020-02-29", "2021-02-29"],
    ["dates whose year has a letter", { format: "date" }, "2020-02-28", "202a-02-28"],
    ["dates whose month has a colon", { format: "date" }, "2020-10-28", "2020-0:-28"],
    ["dates whose day has a slash", { format: "date" }, "2020-02-19", "2020-02-1/"],
    ["years with a letter", { format: "edtf" }, "2020", "20a0"],
    ["months followed by a letter", { format: "edtf" }, "2020-01", "2020-01x"],
    ["EDTF", { format: "edtf" }, "2020-12/2021", "2020-13"],
    ["addresses", { format: "uri" }, "https://example.org/", "example"],
    ["numbers", { minimum: 0, exclusiveMaximum: 2, multipleOf: 0.1 }, 0.3, 2],
    ["lists", { minItems: 1, maxItems: 2, items: { type: "string" } }, ["a"], ["a", 1]],
    ["tuples", { prefixItems: [{ type: "string" }], items: { type: "integer" } }, ["a", 1], [1, 1]],
    ["contains", { contains: { const: 1 }, maxContains: 1 }, [1, 2], [1, 1]],
    ["contains at least one", { contains: { const: 1 } }, [2, 1], [2]],
    ["contains at least two", { contains: { const: 1 }, minContains: 2 }, [1, 1], [1, 2]],
    ["unique items", { uniqueItems: true }, [{ x: 1, y: 2 }], [1, 2, 1]],
    ["required", { type: "object", required: ["x"] }, { x: 1 }, {}],
    ["other names", { properties: { x: {} }, additionalProperties: false }, { x: 1 }, { y: 1 }],
    ["names by pattern", { patternProperties: { "^x": { type: "string" } }, additionalProperties: false }, { xy: "" }, { xy: 1 }],
    ["names of properties", { propertyNames: { maxLength: 2 } }, { ab: 1 }, { abc: 1 }],
    ["counts of properties", { minProperties: 1, maxProperties: 2 }, { x: 1 }, {}],
    ["dependentRequired", { dependentRequired: { x: ["y"] } }, { x: 1, y: 2 }, { x: 1 }],
    ["dependentSchemas", { dependentSchemas: { x: { maxProperties: 1 } } }, { x: 1 }, { x: 1, y: 2 }],
    ["allOf", { allOf: [{ minLength: 1 }, { maxLength: 1 }] }, "a", "ab"],
    ["anyOf", { anyOf: [{ type: "string" }, { minimum: 5 }] }, 5, 4],
    ["oneOf", { oneOf: [{ minimum: 1 }, { minimum: 5 }] }, 3, 6],
    ["not", { not: { type: "null" } }, 1, null],
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    ["if", { if: { type: "string" }, then: { minLength: 2 }, else: { minimum: 1 } }, "ab", 0],
  ])("proves and refutes %s", (_what, schema, good, bad) => {
    expect([known(of(schema), { a: good }), known(of(schema), { a: bad })]).toEqual(["yes", "no"]);
  });

  it("follows references, including recursive ones", () => {
    const tree: Schema = { $defs: { tree: { type: "object", properties: { in: { $ref: "#/$defs/tree" } }, additionalProperties: false } } };
    const schema = { ...tree, ...of({ $ref: "#/$defs/tree" }) };
    expect(known(schema, { a: { in: { in: {} } } })).toBe("yes");
    expect(known(schema, { a: { in: { out: {} } } })).toBe("no");
  });

  it.each(
    ["$schema", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"].concat(
      ["contentEncoding", "contentMediaType", "contentSchema", "x-own"],
      ["primaryKey", "references", "display", "displayFalse", "role", "values", "board", "search"],
    ),
  )("knows that %s demands nothing", (keyword) => {
    const check = compileRecordCheck({ type: "string", [keyword]: "a" }, new PropertyNames(new Kernel()));
    expect(check.isPartial).toBe(false);
  });

  it("is undecided for unsupported keywords", () => {
    expect(known(of({ unevaluatedProperties: false }), { a: {} })).toBe("unknown");
    expect(known(of({ format: "shade" }), { a: "red" })).toBe("unknown");
    expect(known(of({ unevaluatedProperties: false, type: "string" }), { a: {} })).toBe("no");
    expect(known(of({ not: { enum: [{ x: 1 }] } }), { a: {} })).toBe("unknown");
    expect(known(of({ anyOf: [{ enum: [[1]] }, { type: "object" }] }), { a: {} })).toBe("yes");
    expect(known(of({ oneOf: [{ enum: [[1]] }, { type: "object" }] }), { a: {} })).toBe("unknown");
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    expect(known(of({ if: { enum: [{}] }, then: { minProperties: 1 } }), { a: {} })).toBe("unknown");
    expect(known({ ...of({ $ref: "#/$defs/x" }), $id: "https://example.org/", $defs: { x: {} } }, { a: 1 })).toBe("unknown");
  });
});
