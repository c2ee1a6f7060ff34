import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { columnsAlike } from "../../../lib/dataset/columns-alike.ts";
import { unreadKeywords } from "../../../lib/dataset/unread-keywords.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { ROOT, SMALL_SCHEMA } from "../../scratch.ts";

const text: Schema = { type: "string" };
const withColumns = (properties: Record<string, Schema>, more: Schema = {}, defs: Record<string, Schema> = {}): Schema => ({
  $defs: defs,
  type: "object",
  properties: {
    places: {
      type: "array",
      primaryKey: ["id"],
      items: { type: "object", required: ["id"], properties: { id: text, ...properties }, ...more },
    },
  },
});
const places = (schema: Schema): string[] => unreadKeywords(schema).map(({ path }) => path.slice(4).join("/"));
const reference: Schema = { type: "string", references: "places" };

describe("unreadKeywords", () => {
  it("accepts keywords where they have an effect", () => {
    const good = withColumns(
      {
        name: { ...text, role: "label", display: "{}" },
        near: reference,
        all: { type: "array", items: reference },
        parts: { type: "array", items: { type: "object", properties: { of: reference, share: { type: "number", display: "{} %" } } } },
        home: { type: "object", display: "{}", properties: { in: reference, deep: { type: "object", properties: { in: reference } } } },
        kind: { type: "string", enum: ["a"], values: { a: { title: "A" } } },
        shared: { $ref: "#/$defs/place" },
        yes: { type: "boolean", display: "yes" },
      },
      {},
      { place: reference, unused: { oneOf: [reference] } },
    );
    expect(unreadKeywords(good)).toEqual([]);
    expect(unreadKeywords(SMALL_SCHEMA as unknown as Schema)).toEqual([]);
    const accords = JSON.parse(readFileSync(join(ROOT, "data/abraham-accords/schema.json"), "utf8")) as Schema;
    expect(unreadKeywords(accords)).toEqual([]);
  });

  it("reports references in lists of objects with a value that is not scalar: the list is JSON", () => {
    const item = (deep: Schema): Schema => ({ type: "object", properties: { of: reference, deep } });
    const list = (deep: Schema): string[] => places(withColumns({ parts: { type: "array", items: item(deep) } }));
    expect([list(text), list({ type: "object" })]).toEqual([[], ["parts/items/properties/of/references"]]);
  });

  it.each<[string, Record<string, Schema>, Schema?]>([
    ["a/references", { a: { type: "array", references: "places", items: text } }],
    ["a/oneOf/0/references", { a: { type: "string", oneOf: [reference] } }],
    ["a/anyOf/0/references", { a: { type: "string", anyOf: [reference] } }],
    ["a/allOf/0/references", { a: { type: "string", allOf: [reference] } }],
    ["a/additionalProperties/references", { a: { type: "object", additionalProperties: reference } }],
    ["a/prefixItems/0/references", { a: { type: "array", items: text, prefixItems: [reference] } }],
    ["a/items/items/references", { a: { type: "array", items: { type: "array", items: reference } } }],
    ["a/references", { a: { type: "object", references: "places", properties: { b: text } } }],
    ["a/references", { a: { references: "places" } }],
    [
      "a/items/properties/b/items/references",
      { a: { type: "array", items: { type: "object", properties: { b: { type: "array", items: reference } } } } },
    ],
    ["a/primaryKey", { a: { type: "string", primaryKey: true as never } }],
    ["a/items/primaryKey", { a: { type: "array", items: { type: "object", primaryKey: ["b"], properties: { b: text } } } }],
    ["a/primaryKey", { a: { type: "array", primaryKey: ["b"], items: { type: "object", properties: { b: text } } } }],
    ["a/board", { a: { type: "string", board: { title: "x" } } }],
    ["a/properties/b/role", { a: { type: "object", properties: { b: { type: "string", role: "label" } } } }],
    ["a/search", { a: { type: "number", search: true } }],
    ["a/search", { a: { type: "array", search: true, items: text } }],
    ["a/display", { a: { type: "array", display: "{}", items: text } }],
    ["a/not/display", { a: { type: "string", not: { display: "{}" } } }],
  ])("refuses %s", (place, columns) => {
    expect(places(withColumns(columns)).map((found) => found.replace(/^properties\//, ""))).toEqual([place]);
  });

  it.each([
    ["sujet", 'Did you mean "subject"?'],
    ["colour of the hat", expect.stringMatching(/^The roles are: "?label/)],
  ])("refuses the role %s", (role, remedy) => {
    expect(unreadKeywords(withColumns({ a: { ...text, role } }))).toEqual([
      {
        path: ["properties", "places", "items", "properties", "a", "role"],
        message: `"${role}" is not a role, so it has no effect`,
        remedy,
      },
    ]);
  });

  it("refuses a column that a primary key names twice", () => {
    const schema = withColumns({});
    (schema.properties?.["places"] as Schema).primaryKey = ["id", "id"];
    expect(unreadKeywords(schema)).toEqual([
      { path: ["properties", "places", "primaryKey", 1], message: 'The primary key names "id" twice', remedy: "Name each column once." },
    ]);
  });

  it("suggests where each keyword has an effect", () => {
    const schema = withColumns({
      a: { ...text, board: { title: "x" }, primaryKey: ["id"] } as Schema,
      b: { type: "array", references: "places", items: text },
    });
    expect(unreadKeywords(schema).map(({ path, remedy }) => [path.at(-1), remedy])).toEqual([
      ["primaryKey", "Move it to the table, beside items."],
      ["board", "Move it to the table, beside items."],
      ["references", "Move it to a column, to a value of an object, or to the items of a list of values or flat objects."],
    ]);
  });

  it.each([
    ["else/properties/near/references", { if: { properties: { id: { const: "a" } } }, else: { properties: { near: reference } } }],
    ["primaryKey", { primaryKey: ["id"] }],
    ["display", { display: "{}" }],
  ] as [string, Schema][])("refuses %s of a record", (place, more) => {
    expect(unreadKeywords(withColumns({}, more)).map(({ path }) => path.slice(3).join("/"))).toEqual([place]);
  });

  it("refuses a keyword in a definition that only a branch uses, and at the top", () => {
    const schema = withColumns({ a: { type: "string", oneOf: [{ $ref: "#/$defs/place" }] } }, {}, { place: reference });
    expect(unreadKeywords({ ...schema, role: "label" }).map(({ path, message }) => [path.join("/"), message])).toEqual([
      ["role", '"role" has no effect here'],
      ["$defs/place/references", '"references" has no effect here'],
    ]);
  });
});

describe("columnsAlike", () => {
  it("finds columns that differ only by case, and places the problem at the second", () => {
    expect(columnsAlike(withColumns({ name: text, Name: text }))).toEqual([
      {
        path: ["properties", "places", "items", "properties", "Name"],
        isName: true,
        message: 'The columns "name" and "Name" of "places" differ by case only',
        remedy: "Rename one: SQLite and other programs treat them as one column.",
      },
    ]);
  });

  it("finds such columns behind a definition, in objects and with accents", () => {
    const schema = withColumns({ size: { type: "object", properties: { min: text } }, SIZE_MIN: text });
    expect(columnsAlike(schema).map(({ path }) => path.at(-1))).toEqual(["SIZE_MIN"]);
    expect(columnsAlike(withColumns({ "caf\u00e9": text, "cafe\u0301": text })).length).toBe(1);
    const root = withColumns({}, {}, { record: { type: "object", required: ["id"], properties: { id: text, Id: text } } });
    (root.properties as Record<string, Schema>)["places"] = { type: "array", primaryKey: ["id"], items: { $ref: "#/$defs/record" } };
    expect(columnsAlike(root)[0]?.path).toEqual(["$defs", "record", "properties", "Id"]);
  });

  it("finds lists whose tables would share a name, and places the problem at the second", () => {
    const list = (name: string): Schema => ({ type: "array", items: { type: "object", properties: { [name]: text } } });
    const within = (name: string, value: Schema): Schema => ({ type: "object", properties: { [name]: value } });
    expect(columnsAlike(withColumns({ a: within("b_c", list("x")), a_b: within("c", list("y")) }))).toEqual([
      {
        path: ["properties", "places", "items", "properties", "a_b"],
        isName: true,
        message: 'The lists a.b_c and a_b.c of "places" would both be published as places_a_b_c',
        remedy: "Rename one.",
      },
    ]);
    expect(columnsAlike(withColumns({ a: within("b", list("x")), a_c: within("b", list("y")) }))).toEqual([]);
  });

  it("finds columns that look the same, because of letters of other alphabets or invisible characters", () => {
    for (const other of ["n\u0430me", "name\u200b"])
      expect(columnsAlike(withColumns({ name: text, [other]: text }))).toMatchObject([
        { message: `The columns "name" and "${other}" of "places" look the same to people`, remedy: "Rename one." },
      ]);
  });

  it("ignores other columns", () => {
    expect(columnsAlike(withColumns({ name: text, names: text, Title: text }))).toEqual([]);
  });
});
