import { expect, it } from "vitest";
import { lostValues } from "../../../lib/dataset/lost-values.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const schemaOf = (properties: object): Schema =>
  ({
    $defs: { either: { type: ["string", "array"] } },
    properties: {
      t: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: { type: "string" }, ...properties } } },
    },
  }) as unknown as Schema;
const found = (properties: object): [string, string][] =>
  lostValues(schemaOf(properties)).map(({ path, message }) => [path.slice(4).join("."), message]);

it.each<[string, object, string, string]>([
  [
    "a list or a text",
    { note: { type: ["array", "string"], items: { type: "string" } } },
    "note.type",
    "t.note may be a list and something else",
  ],
  ["a text or a list", { note: { type: ["string", "array"] } }, "note.type", "t.note may be a list"],
  [
    "an object or a number",
    { size: { type: ["object", "number"], properties: { n: { type: "number" } } } },
    "size.type",
    "t.size may be an object",
  ],
  ["the same in a definition", { note: { $ref: "#/$defs/either" } }, "note.type", "t.note may be a list"],
  [
    "the same within an object",
    { at: { type: "object", properties: { note: { type: ["null", "array", "string"] } } } },
    "at.properties.note.type",
    "t.at.note may be a list",
  ],
  [
    "the same in a list",
    { notes: { type: "array", items: { type: ["object", "string"] } } },
    "notes.items.type",
    "Each item of t.notes may be an object",
  ],
  [
    "a list whose first item has another type",
    { list: { type: "array", prefixItems: [{ type: "string" }], items: { type: "integer" } } },
    "list.prefixItems",
    "The first items of t.list may have another type than the others",
  ],
  [
    "a list whose first item may be null",
    { list: { type: "array", prefixItems: [{ type: ["string", "null"] }], items: { type: "string" } } },
    "list.prefixItems",
    "The first items of t.list may have another type",
  ],
  [
    "a list whose first object is described otherwise",
    { list: { type: "array", prefixItems: [{ type: "object" }], items: { type: "object", properties: { a: { type: "string" } } } } },
    "list.prefixItems",
    "The first items of t.list may have another type",
  ],
])("refuses a column that is %s", (_what, properties, path, message) => {
  expect(found(properties)).toEqual([[path, expect.stringContaining(message)]]);
});

it("accepts one type, even with null, and several types of single values", () => {
  expect(
    found({
      list: { type: ["array", "null"], items: { type: ["string", "null"] } },
      object: { type: ["null", "object"], properties: { a: { type: "string" } } },
      single: { type: ["string", "integer"] },
      tuple: { type: "array", prefixItems: [{ type: "string", maxLength: 3 }], items: { type: ["string", "null"] } },
      pair: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }] },
      any: {},
      deep: { type: "array", items: { type: "array", items: { type: ["number", "array"] } } },
      rows: { type: "array", items: { type: "object", properties: { n: { type: ["array", "number"] } } } },
    }),
  ).toEqual([]);
});

it.each<[string, object, string]>([
  [
    "an object that may have others",
    { o: { type: "object", properties: { a: { type: "string" } }, additionalProperties: true } },
    "o.additionalProperties",
  ],
  [
    "an object with names by a pattern",
    { o: { type: "object", properties: { a: { type: "string" } }, patternProperties: { "^x": {} } } },
    "o.patternProperties",
  ],
  [
    "an object in a list",
    { l: { type: "array", items: { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "string" } } } },
    "l.items.additionalProperties",
  ],
])("refuses properties that no column would hold: %s", (_what, properties, path) => {
  expect(found(properties)).toEqual([[path, expect.stringContaining("may have properties without a column")]]);
});

it("accepts closed objects, and open ones that are published as JSON", () => {
  expect(
    found({
      closed: { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
      json: { type: "object", additionalProperties: true },
      deep: { type: "array", items: { type: "object", properties: { a: { type: "object" } }, additionalProperties: true } },
    }),
  ).toEqual([]);
});
