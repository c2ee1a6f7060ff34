import { describe, expect, it } from "vitest";
import { LAYOUT } from "../../../lib/contract/layout.ts";
import { datasetInLayout } from "../../../lib/dataset/dataset-in-layout.ts";
import { resolveSchema } from "../../../lib/schema/resolve-schema.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { schemaType } from "../../../lib/schema/schema-type.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const table = (properties: Record<string, Schema>, more: Schema = {}): Schema => ({
  type: "array",
  primaryKey: ["id"],
  items: { type: "object", required: ["id"], properties: { id: text, ...properties } },
  ...more,
});
const root = (tables: Record<string, Schema>, $defs: Record<string, Schema> = {}): Schema => ({
  type: "object",
  properties: tables,
  $defs,
});

describe("schemaType", () => {
  it.each<[Schema, string]>([
    [{ type: "integer" }, "integer"],
    [{ type: ["null", "number"] }, "number"],
    [{ type: ["null"] }, "json"],
    [{ enum: ["a"] }, "string"],
    [{ type: "integer", enum: [1] }, "integer"],
    [{}, "json"],
  ])("of %j is %s", (schema, type) => {
    expect(schemaType(schema)).toBe(type);
  });
});

describe("resolveSchema", () => {
  it("merges keywords beside a reference over the referenced schema", () => {
    const schema = root({}, { "a/b": { type: "string", title: "A" }, c: { $ref: "#/$defs/a~1b", description: "C" } });
    expect(resolveSchema({ $ref: "#/$defs/c", title: "B" }, schema)).toEqual({ type: "string", description: "C", title: "B" });
    expect(resolveSchema({ $ref: "#/$defs/none", title: "B" }, schema)).toEqual({ title: "B" });
    expect(resolveSchema(text, schema)).toBe(text);
  });

  it("stops at circular references", () => {
    expect(resolveSchema({ $ref: "#/$defs/a" }, root({}, { a: { $ref: "#/$defs/a", title: "A" } })).title).toBe("A");
  });
});

describe("planTable", () => {
  it("finds the label column: by its role, otherwise label, title or name, in this order", () => {
    const labelOf = (properties: Record<string, Schema>): string | undefined => planTable("t", root({ t: table(properties) })).labelColumn;
    expect(labelOf({ name: text, title: text, label: text })).toBe("label");
    expect(labelOf({ name: text, title: text })).toBe("title");
    expect(labelOf({ name: text, called: { ...text, role: "label" } })).toBe("called");
    expect(labelOf({ name: { ...text, role: "note" } })).toBe("name");
    expect(labelOf({ other: text })).toBeUndefined();
  });

  it("adds labels of references if the other table has one key and a label", () => {
    const columns = (others: Schema): string[] =>
      planTable("t", root({ t: table({ of: { ...text, references: "others" } }), others })).columns.map(({ name }) => name);
    expect(columns(table({ name: text }))).toEqual(["id", "of", "of_label"]);
    expect(columns(table({ kind: text }))).toEqual(["id", "of"]);
    expect(columns(table({ name: text }, { primaryKey: ["id", "name"] }))).toEqual(["id", "of"]);
  });

  it("marks a column as required only if its value is required and cannot be null", () => {
    const plan = planTable(
      "t",
      root({
        t: {
          type: "array",
          primaryKey: ["id"],
          items: {
            type: "object",
            required: ["id", "a", "b", "c", "d"],
            properties: {
              id: text,
              a: text,
              b: { type: ["string", "null"] },
              c: { enum: ["x", null] },
              d: { type: "object", required: ["in"], properties: { in: text, out: text } },
              e: { type: "object", required: ["in"], properties: { in: text } },
            },
          },
        },
      }),
    );
    expect(plan.columns.filter(({ required }) => required).map(({ name }) => name)).toEqual(["id", "a", "d_in"]);
    expect(plan.columns.find(({ name }) => name === "c")?.allowed).toEqual(["x"]);
  });

  it("derives a table from a list of references or objects, but not from a list of texts", () => {
    const plan = planTable(
      "t",
      root({
        t: table({
          tags: { type: "array", items: text },
          all: { type: "array", items: { ...text, references: "t" } },
          parts: { type: "array", items: { type: "object", properties: { kind: text, size: { type: "number" } } } },
          deep: { type: "array", items: { type: "object", properties: { list: { type: "array", items: text } } } },
        }),
      }),
    );
    expect(plan.links.map(({ name, path, columns }) => [name, path, columns.map((column) => column.name)])).toEqual([
      ["t_all", ["all"], ["t_id", "all"]],
      ["t_parts", ["parts"], ["t_id", "kind", "size"]],
    ]);
    expect(plan.columns.find(({ name }) => name === "deep")?.type).toBe("json");
    expect(plan.referencedTables).toEqual(["t"]);
  });

  it("reads size limits from the schema, or sets none", () => {
    const sizes = ({ minItems, maxItems }: ReturnType<typeof planTable>): number[] => [minItems, maxItems];
    expect(sizes(planTable("t", root({ t: table({}, { minItems: 2, maxItems: 3 }) })))).toEqual([2, 3]);
    expect(sizes(planTable("t", root({ t: table({}) })))).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  it("uses the newest layout by default", () => {
    const plan = planTable("t", root({ t: table({}) }));
    expect([plan.layout, planTable("t", root({ t: table({}) }), 1).layout]).toEqual([LAYOUT, 1]);
    expect(datasetInLayout({ plans: [plan] } as never, 1).plans.map(({ layout }) => layout)).toEqual([1]);
  });

  it("fails when a table describes too many values", () => {
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`c${i}`, text]));
    expect(() => planTable("t", root({ t: table(wide) }))).toThrow("more than 20000 values");
    const { c0: _, ...fits } = wide;
    expect(planTable("t", root({ t: table(fits) })).columns).toHaveLength(20_000);
  });
});

describe("the schema of a record", () => {
  const inner = { type: "object", properties: { a: text } } as Schema;
  const schema = root(
    {
      t: table({
        own: inner,
        named: { $ref: "#/$defs/named" },
        list: { type: "array", items: inner },
        deep: { type: "array", items: { type: "object", properties: { a: inner } } },
        open: { ...inner, additionalProperties: true },
        json: { type: "object" },
      }),
    },
    { named: { type: "object", properties: { b: inner } } },
  );
  const closed = { ...inner, additionalProperties: false };

  it("closes objects that become columns, unless it specifies additionalProperties", () => {
    expect(planTable("t", schema).record).toMatchObject({
      additionalProperties: false,
      properties: {
        own: closed,
        named: { additionalProperties: false, properties: { b: closed } },
        list: { items: closed },
        open: { additionalProperties: true },
      },
    });
    expect(planTable("t", schema).record.properties?.["named"]).not.toHaveProperty("$ref");
  });

  it("leaves values that are published as JSON unchanged", () => {
    const { properties } = planTable("t", schema).record;
    expect(properties?.["json"]).toEqual({ type: "object" });
    expect(properties?.["deep"]).toEqual({ type: "array", items: { type: "object", properties: { a: inner } } });
  });

  it("closes only the record in layout 1", () => {
    const { additionalProperties, properties } = planTable("t", schema, 1).record;
    expect([additionalProperties, properties?.["own"]]).toEqual([false, inner]);
  });
});
