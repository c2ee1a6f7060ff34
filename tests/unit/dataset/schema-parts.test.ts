import { describe, expect, it } from "vitest";
import { citedAuthors } from "../../../lib/dataset/cited-authors.ts";
import type { Dataset } from "../../../lib/dataset/dataset.ts";
import { isTableName } from "../../../lib/dataset/is-table-name.ts";
import { nameCollisions } from "../../../lib/dataset/name-collisions.ts";
import { propertyNodes } from "../../../lib/dataset/property-nodes.ts";
import { MAX_REF_DEPTH, referencedNodes } from "../../../lib/dataset/referenced-nodes.ts";
import { schemaProblem } from "../../../lib/dataset/schema-problem.ts";
import { subschemas } from "../../../lib/dataset/subschemas.ts";
import { withoutViews } from "../../../lib/dataset/without-views.ts";
import { planTable, type Schema } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const tableOf = (properties: Record<string, Schema>): Schema => ({
  type: "array",
  primaryKey: ["id"],
  items: { type: "object", properties: { id: text, ...properties } },
});
const rootOf = (properties: Record<string, Schema>): Schema => ({ type: "object", properties });

describe("isTableName", () => {
  it.each(["facts", "a", "A1", "link_table", "link-table", "a1_b2-c3"])("accepts %s", (name) => {
    expect(isTableName(name)).toBe(true);
  });

  it.each([
    "",
    "1a",
    "_a",
    "a_",
    "a__b",
    "a b",
    "a.b",
    "ä",
    "schema",
    "README",
    "Changes",
    "index",
    "feed",
    "explorer",
    "sha256sums",
    "datapackage",
  ])("refuses %j", (name) => {
    expect(isTableName(name)).toBe(false);
  });
});

describe("nameCollisions", () => {
  const found = (properties: Record<string, Schema>) =>
    nameCollisions(rootOf(properties)).map(({ path, message }) => [path.join("/"), message]);
  const list: Schema = { type: "array", items: { type: "object", properties: { of: text } } };

  it("finds none in tables with names of their own", () => {
    expect(found({ facts: tableOf({ a: text, parts: list }), sources: tableOf({ a: text }) })).toEqual([]);
  });

  it("finds tables and lists that would be published as the same file, regardless of case", () => {
    expect(found({ facts: tableOf({}), Facts: tableOf({}) })).toEqual([
      ["properties/Facts", 'the table "facts" and the table "Facts" would both be published as Facts.csv'],
    ]);
    expect(found({ facts: tableOf({ parts: list }), facts_parts: tableOf({}) })).toEqual([
      ["properties/facts_parts", 'the list parts of "facts" and the table "facts_parts" would both be published as facts_parts.csv'],
    ]);
    expect(found({ facts_parts: tableOf({}), facts: tableOf({ parts: list }) })).toEqual([
      ["properties/facts", 'the table "facts_parts" and the list parts of "facts" would both be published as facts_parts.csv'],
    ]);
  });

  it("finds columns that would have the same name", () => {
    const collisions = found({ facts: tableOf({ day: { ...text, format: "edtf" }, day_start: text }) });
    expect(collisions).toEqual([["properties/facts", 'Two columns of "facts" would be called day_start']]);
    expect(nameCollisions(rootOf({ facts: tableOf({ day: { ...text, format: "edtf" }, day_end: text }) }))[0]?.remedy).toBe(
      "Give one of them another name.",
    );
  });

  it("finds none in a schema without tables", () => {
    expect(nameCollisions({ type: "object" })).toEqual([]);
  });
});

describe("propertyNodes", () => {
  it("are the schemas of the properties, with their paths", () => {
    expect(propertyNodes({ schema: { properties: { a: text, b: true as never } }, path: ["x"] })).toEqual([
      { schema: text, path: ["x", "properties", "a"] },
    ]);
    expect(propertyNodes({ schema: {}, path: [] })).toEqual([]);
  });
});

describe("referencedNodes", () => {
  const nodes = (schema: object, root: object = {}) => referencedNodes({ schema: schema as Schema, path: ["p"] }, root as Schema);

  it("is the schema, and what its references lead to", () => {
    const root = { $defs: { a: { $ref: "#/$defs/b", title: "A" }, b: text } };
    expect(nodes(text)).toEqual([{ schema: text, path: ["p"] }]);
    expect(nodes({ $ref: "#/$defs/a" }, root)).toEqual([
      { schema: { $ref: "#/$defs/a" }, path: ["p"] },
      { schema: root.$defs.a, path: ["$defs", "a"] },
      { schema: text, path: ["$defs", "b"] },
    ]);
  });

  it("ends at a reference to nothing, to another file, or to no schema", () => {
    const root = { $defs: { list: [] } };
    for (const $ref of ["#/$defs/missing", "#/$defs/list", "#/x/y/z", "other.json#/a", 1]) expect(nodes({ $ref }, root)).toHaveLength(1);
  });

  it("ends in a circle", () => {
    const root = { $defs: { a: { $ref: "#/$defs/a" } } };
    expect(nodes({ $ref: "#/$defs/a" }, root)).toHaveLength(MAX_REF_DEPTH + 2);
  });
});

describe("subschemas", () => {
  it("are found under every keyword that holds schemas", () => {
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

  it("are none in keywords of another kind", () => {
    expect(subschemas({ properties: [text], allOf: { a: text }, items: true, not: [text], $defs: null })).toEqual([]);
    expect(subschemas({})).toEqual([]);
  });
});

describe("schemaProblem", () => {
  it("has a place, a message and perhaps a remedy", () => {
    expect(schemaProblem(["a", 0], "m")).toStrictEqual({ path: ["a", 0], message: "m" });
    expect(schemaProblem([], "m", "r")).toStrictEqual({ path: [], message: "m", remedy: "r" });
  });
});

describe("citedAuthors", () => {
  const titles = (contributors?: object[]) =>
    citedAuthors({ title: "T", ...(contributors ? { contributors: contributors as never } : {}) }).map(({ title }) => title);
  it("leaves out publishers if there are others", () => {
    const press = { title: "Press", roles: ["publisher"] };
    expect(titles([{ title: "Ann" }, press])).toEqual(["Ann"]);
    expect(titles([{ title: "Ann", roles: [] }, press])).toEqual(["Ann"]);
    expect(titles([{ title: "Both", roles: ["publisher", "author"] }, press])).toEqual(["Both"]);
    expect(titles([press])).toEqual(["Press"]);
    expect(titles([])).toEqual(["The contributors to T"]);
    expect(titles()).toEqual(["The contributors to T"]);
  });
});

describe("withoutViews", () => {
  const schema = rootOf({ facts: tableOf({}), counts: tableOf({}) });
  const plans = ["facts", "counts"].map((name) => planTable(name, schema));
  const files = new Map();
  const dataset = (views: string[]) => ({ schema, plans, files, views: views.map((name) => ({ name })) }) as unknown as Dataset;

  it("leaves out the tables that are made of others", () => {
    const without = withoutViews(dataset(["counts"]));
    expect(without.plans.map(({ name }) => name)).toEqual(["facts"]);
    expect(without.schema).toEqual(rootOf({ facts: tableOf({}) }));
    expect(without.files).toBe(files);
    expect(schema.properties).toHaveProperty("counts");
  });

  it("is the dataset itself if there are none", () => {
    expect(withoutViews(dataset([]))).toEqual({ plans, files, schema });
    expect(withoutViews(dataset([])).schema).toBe(schema);
  });
});
