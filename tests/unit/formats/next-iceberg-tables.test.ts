import { describe, expect, it } from "vitest";
import type { IcebergTables } from "../../../lib/formats/iceberg-columns.ts";
import { nextIcebergTables } from "../../../lib/formats/next-iceberg-tables.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const TEXT = { type: "string" };

/** A table `t` with these columns in addition to its key. */
const plan = (columns: Record<string, Schema>, id: Schema = TEXT, name = "t") =>
  planTable(name, {
    properties: {
      [name]: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id, ...columns } } },
    },
  });

/** The ids after each of some releases. */
function fold(...releases: Record<string, Schema>[]): (IcebergTables | undefined)[] {
  let before: IcebergTables | undefined;
  return releases.map((columns) => {
    before = nextIcebergTables(before, [plan(columns)]);
    return before;
  });
}

const ids = (tables: IcebergTables | undefined, name = "t"): Record<string, number> =>
  Object.fromEntries(tables?.[name]?.fields.map((field) => [field.name, field.id]) ?? []);

describe("nextIcebergTables", () => {
  it("numbers columns and items of lists, and uses Iceberg's names of types", () => {
    const [tables] = fold({
      tags: { type: "array", items: { type: "string" } },
      day: { type: "string", format: "date" },
      count: { type: "integer" },
      price: { type: "number", multipleOf: 0.01, minimum: 0, maximum: 100 },
      size: { type: "number" },
      done: { type: "boolean" },
      any: { type: ["string", "number"] },
    });
    expect(tables).toEqual({
      t: {
        "last-column-id": 9,
        "identifier-field-ids": [1],
        fields: [
          { id: 1, name: "id", required: true, type: "string" },
          { id: 2, name: "tags", required: false, type: { type: "list", "element-id": 3, element: "string", "element-required": true } },
          { id: 4, name: "day", required: false, type: "date" },
          { id: 5, name: "count", required: false, type: "long" },
          { id: 6, name: "price", required: false, type: "decimal(18, 2)" },
          { id: 7, name: "size", required: false, type: "double" },
          { id: 8, name: "done", required: false, type: "boolean" },
          { id: 9, name: "any", required: false, type: "string" },
        ],
      },
    });
  });

  it("keeps ids by name, regardless of order and of required values", () => {
    const tags = { type: "array", items: { type: "string" } };
    const [, second] = fold({ a: TEXT, tags }, { tags: { ...tags, items: { type: ["string", "null"] } }, b: TEXT, a: TEXT });
    expect(ids(second)).toEqual({ id: 1, tags: 3, b: 5, a: 2 });
    expect(second?.["t"]?.fields[1]?.type).toMatchObject({ "element-id": 4, "element-required": false });
    expect(second?.["t"]?.["last-column-id"]).toBe(5);
  });

  it("assigns a new id to a column that returns", () => {
    const [, , third] = fold({ a: TEXT, b: TEXT }, { a: TEXT }, { a: TEXT, b: TEXT });
    expect(ids(third)).toEqual({ id: 1, a: 2, b: 4 });
  });

  it("assigns a new id to a column with a new type", () => {
    const list = { type: "array", items: { type: "string" } };
    const [, second, third] = fold({ a: TEXT }, { a: { type: "integer" } }, { a: list });
    expect(ids(second)).toEqual({ id: 1, a: 3 });
    expect(ids(third)).toEqual({ id: 1, a: 4 });
    expect(ids(fold({ a: list }, { a: { ...list, items: { type: "integer" } } })[1])).toEqual({ id: 1, a: 4 });
  });

  it("treats a renamed table as a new one, and reuses none of its ids when the name returns", () => {
    const first = nextIcebergTables(undefined, [plan({ a: TEXT })]);
    const renamed = nextIcebergTables(first, [plan({ a: TEXT }, TEXT, "u")]);
    expect(ids(renamed, "u")).toEqual({ id: 1, a: 2 });
    expect(renamed?.["t"]).toEqual({ "last-column-id": 2, "identifier-field-ids": [], fields: [] });
    expect(ids(nextIcebergTables(renamed, [plan({ a: TEXT })]))).toEqual({ id: 3, a: 4 });
  });

  it("keeps the highest ids of tables in a release without Parquet files, and has none if there never were any", () => {
    const [first] = fold({ a: TEXT });
    expect(nextIcebergTables(first, [])).toEqual({ t: { "last-column-id": 2, "identifier-field-ids": [], fields: [] } });
    expect(nextIcebergTables(undefined, [])).toBeUndefined();
  });

  it("omits a key that Iceberg does not allow", () => {
    expect(nextIcebergTables(undefined, [plan({}, { type: "number" })])?.["t"]?.["identifier-field-ids"]).toEqual([]);
    expect(nextIcebergTables(undefined, [plan({}, { type: ["string", "null"] })])?.["t"]?.["identifier-field-ids"]).toEqual([]);
  });

  it("supports a table called __proto__", () => {
    const tables = nextIcebergTables(undefined, [plan({}, TEXT, "__proto__")]);
    expect(Object.keys(tables ?? {})).toEqual(["__proto__"]);
    expect(Object.values(nextIcebergTables(tables, []) ?? {})).toMatchObject([{ "last-column-id": 1 }]);
  });
});
