import { expect, it } from "vitest";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { readRecord } from "./read-record.ts";

/** The number of checks of a value that remain once the form of its record is known. */
function countOf(schema: Schema, value: unknown): number {
  return readRecord(schema, value).remaining.length;
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
