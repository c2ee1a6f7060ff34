import { expect, it } from "vitest";
import { PropertyNames } from "../../../../lib/engine/fast/property-names.ts";
import { compileRecordCheck } from "../../../../lib/engine/fast/record-check.ts";
import { RecordReader } from "../../../../lib/engine/fast/record-reader.ts";
import { RecordTape } from "../../../../lib/engine/fast/record-tape.ts";
import { remainingChecks } from "../../../../lib/engine/fast/remaining-checks.ts";
import { Kernel } from "../../../../lib/kernel/kernel.ts";
import type { Schema } from "../../../../lib/schema/table-plan.ts";

/** How many checks of a value remain once the form of its record is known. */
function countOf(schema: Schema, value: unknown): number {
  const kernel = new Kernel();
  const names = new PropertyNames(kernel);
  const tape = new RecordTape(kernel);
  const reader = new RecordReader(kernel, { tape, names, layout: 2 });
  const check = compileRecordCheck({ type: "object", properties: { a: schema } }, names);
  expect(reader.read(reader.open(Buffer.from(JSON.stringify({ a: value }))))).toBeDefined();
  return remainingChecks(check, tape).length;
}

it.each<[number, string, Schema, unknown]>([
  [0, "a number without limits", { type: "number" }, 1],
  [1, "a number with a limit", { minimum: 0 }, 1],
  [1, "a number that must be one of several", { enum: [1, 2] }, 1],
  [0, "a text without limits", { type: "string" }, "x"],
  [1, "a text with a limit", { maxLength: 1 }, "x"],
  [1, "a text that must be one of several", { enum: ["x", "y"] }, "x"],
  [0, "a text with a limit for numbers", { minimum: 0 }, "x"],
  [0, "a number with a limit for texts", { maxLength: 1 }, 1],
  [0, "a boolean", { type: "boolean" }, true],
  [0, "a boolean with a limit for numbers", { type: ["boolean", "number"], minimum: 0 }, true],
  [0, "a list of texts without limits", { items: { type: "string" } }, ["x"]],
  [2, "each item of a list with a limit", { items: { maxLength: 1 } }, ["x", "y"]],
  [1, "an object that needs a property that it lacks", { required: ["b"] }, {}],
])("leaves %i checks for %s", (count, _what, schema, value) => {
  expect(countOf(schema, value)).toBe(count);
});
