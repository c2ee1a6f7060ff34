import { expect, it } from "vitest";
import { FormProofs } from "../../../../lib/engine/fast/form-proofs.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { readRecord } from "./read-record.ts";

/** How many steps of the kernel prove a value once the form of its record is known; undefined if the kernel cannot. */
function stepsOf(schema: Schema, value: unknown): number | undefined {
  const { kernel, tape, remaining } = readRecord(schema, value);
  return new FormProofs(kernel).compile(remaining, tape)?.count;
}
const texts = (count: number): string[] => Array.from({ length: count }, (_, i) => `t${i}`);

it.each<[number | undefined, string, Schema, unknown]>([
  [0, "nothing that remains", { type: "string" }, "x"],
  [1, "one of 64 texts", { enum: texts(64) }, "t1"],
  [undefined, "one of 65 texts", { enum: texts(65) }, "t1"],
  [1, "one of several numbers", { enum: [1, 2] }, 1],
  [1, "a shortest length", { minLength: 1 }, "x"],
  [1, "a longest length", { maxLength: 2 }, "x"],
  [2, "two patterns", { pattern: "^x", allOf: [{ pattern: "y$" }] }, "xy"],
  [undefined, "a pattern that only RE2 can match", { pattern: "^\\p{L}$" }, "x"],
  [1, "a day", { format: "date" }, "2020-01-01"],
  [1, "a date of any precision", { format: "edtf" }, "2020"],
  [undefined, "another format", { format: "uri" }, "https://example.org/"],
  [4, "all that may be asked of a text", { enum: ["2020"], maxLength: 4, pattern: "^2", format: "edtf" }, "2020"],
  [1, "the limits of a number", { minimum: 0, maximum: 2, exclusiveMinimum: 0, exclusiveMaximum: 2 }, 1],
  [2, "a number with a limit that is one of several", { enum: [1, 2], minimum: 0 }, 1],
  [undefined, "a multiple", { multipleOf: 2 }, 2],
  [undefined, "a value that is not allowed", { type: "string" }, 1],
  [undefined, "a list that must be longer", { minItems: 2 }, ["x"]],
  [undefined, "what one of two checks decides", { anyOf: [{ minLength: 1 }, { maxLength: 1 }] }, "x"],
  [undefined, "a keyword without code", { type: "string", unevaluatedProperties: false }, "x"],
])("needs %s steps for %s", (steps, _what, schema, value) => {
  expect(stepsOf(schema, value)).toBe(steps);
});
