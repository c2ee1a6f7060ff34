import { describe, expect, it } from "vitest";
import { checkSchema } from "../../../lib/dataset/check-schema.ts";

const schemaOf = (column: object, primaryKey: unknown = ["id"]): unknown => ({
  properties: {
    towns: {
      type: "array",
      primaryKey,
      items: { type: "object", required: ["id"], properties: { id: { type: "string" }, opened: column } },
    },
  },
});

const remedies = (schema: unknown): unknown[] => checkSchema(schema).map(({ path, remedy }) => [path.slice(2).join("."), remedy]);

describe("checkSchema", () => {
  it("finds no problems in a valid schema", () => {
    expect(checkSchema(schemaOf({ type: "integer" }))).toEqual([]);
  });

  it.each([
    ["date", 'Write "type": "string", "format": "date".'],
    ["Float", 'Write "type": "number".'],
    ["text", 'Write "type": "string".'],
    ["int", 'Did you mean "integer"?'],
    ["money", "Write one of them."],
    ["constructor", "Write one of them."],
  ])("names what JSON Schema has for the type %s", (type, remedy) => {
    expect(remedies(schemaOf({ type }))).toEqual([["items.properties.opened.type", remedy]]);
  });

  it("offers no remedy for types to a column named type", () => {
    const columns = { type: "object", properties: { id: { type: "string" }, type: "date" } };
    const [problem] = checkSchema({
      type: "object",
      properties: { things: { type: "array", title: "Things", primaryKey: ["id"], items: columns } },
    });
    expect(problem?.remedy).not.toContain('"format"');
  });

  it("explains how to require a column", () => {
    const at = "items.properties.opened.required";
    expect(remedies(schemaOf({ type: "string", required: true }))).toEqual([
      [at, 'Remove it, and name the column beside "properties": "required": ["opened"].'],
    ]);
    expect(remedies(schemaOf({ type: "string", required: false }))).toEqual([
      [at, 'Remove it: a column is optional unless the list "required" beside "properties" names it.'],
    ]);
    expect(remedies(schemaOf({ type: "object", required: "a" }))).toEqual([[at, 'Write ["a"].']]);
  });

  it("reports a primary key that is not a list", () => {
    expect(remedies(schemaOf({ type: "string" }, "id"))).toEqual([["primaryKey", 'Write ["id"].']]);
    expect(remedies(schemaOf({ type: "string" }, ""))).toEqual([
      ["", 'Add "primaryKey": ["id"], with the columns that identify a record.'],
    ]);
  });
});
