import { describe, expect, it } from "vitest";
import type { Metadata } from "../../../lib/dataset/metadata.ts";
import { datapackage } from "../../../lib/release/datapackage.ts";
import { layoutOfPlans } from "../../../lib/release/layout-of-plans.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

interface Field {
  name: string;
  type: string;
  missingValues?: string[];
  constraints?: object;
}
interface TableSchema {
  fields: Field[];
  primaryKey?: string[];
  foreignKeys?: object[];
}

const text: Schema = { type: "string" };
const SCHEMA: Schema = {
  type: "object",
  properties: {
    Others: { type: "array", primaryKey: ["=id"], items: { type: "object", required: ["=id"], properties: { "=id": text } } },
    t: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id", "name", "short", "kind", "day"],
        properties: {
          id: text,
          name: text,
          short: { ...text, minLength: 1 },
          kind: { enum: ["+", "=1"] },
          day: { ...text, format: "date" },
          mixed: { type: ["integer", "string", "null"] },
          amount: { type: ["integer", "number"] },
          plain: { type: ["integer", "null"] },
          of: { ...text, references: "Others" },
          count: { type: "integer", references: "Others" },
          all: { type: "array", items: { ...text, references: "Others" } },
        },
      },
    },
  },
};

function tablesOf(layout: number): Map<string, TableSchema> {
  const plans = Object.keys(SCHEMA.properties ?? {}).map((name) => planTable(name, SCHEMA, layout));
  const files = ["Others.csv", "t.csv", "t_all.csv"].map((name) => ({ name, bytes: 1, sha256: "0" }));
  const metadata = { name: "d", title: "D", description: "d", licenses: [] };
  const release = { commit: null, date: null, previous: null, generator: "1" };
  const made = datapackage({ metadata, plans }, release, files) as { layout: number; resources: { name: string; schema: TableSchema }[] };
  expect([made.layout, layoutOfPlans(plans)]).toEqual([layout, layout]);
  return new Map(made.resources.map(({ name, schema }) => [name, schema]));
}
const fieldOf = (layout: number, name: string): Field | undefined =>
  tablesOf(layout)
    .get("t")
    ?.fields.find((field) => field.name === name);

describe("datapackage", () => {
  it("names columns, keys and allowed values as in the CSV", () => {
    const tables = tablesOf(2);
    expect(tables.get("others")).toMatchObject({ fields: [{ name: "'=id" }], primaryKey: ["'=id"] });
    expect(tables.get("t")?.foreignKeys).toEqual([{ fields: ["of"], reference: { resource: "others", fields: ["'=id"] } }]);
    expect(tables.get("t_all")?.foreignKeys).toContainEqual({ fields: ["t_id"], reference: { resource: "t", fields: ["id"] } });
    expect(fieldOf(2, "kind")?.constraints).toEqual({ required: true, enum: ["+", "'=1"] });
  });

  it("keeps the values of layout 1", () => {
    const tables = tablesOf(1);
    expect(tables.get("others")?.primaryKey).toEqual(["=id"]);
    expect(tables.get("t")?.foreignKeys).toEqual([
      { fields: ["of"], reference: { resource: "Others", fields: ["=id"] } },
      { fields: ["count"], reference: { resource: "Others", fields: ["=id"] } },
    ]);
    expect(fieldOf(1, "kind")?.constraints).toEqual({ required: true, enum: ["+", "=1"] });
    expect([fieldOf(1, "mixed")?.type, fieldOf(1, "amount")?.type, fieldOf(1, "name")?.missingValues]).toEqual([
      "integer",
      "integer",
      undefined,
    ]);
  });

  it.each([
    ["mixed", "string"],
    ["amount", "number"],
    ["plain", "integer"],
    ["day", "date"],
    ["all", "string"],
  ])("describes the type of %s as %s", (name, type) => {
    expect(fieldOf(2, name)?.type).toBe(type);
  });

  it("states which empty cells are empty texts: in a column that every record has, and that accepts one", () => {
    const missing = tablesOf(2)
      .get("t")
      ?.fields.flatMap(({ name, missingValues }) => (missingValues ? [[name, missingValues]] : []));
    expect(missing).toEqual([["name", []]]);
  });

  it("describes files by the table they contain, and others by their name", () => {
    const title = "Rivers";
    const schema = {
      ...SCHEMA,
      properties: { ...SCHEMA.properties, t: { ...SCHEMA.properties?.["t"], title, description: "All." } },
    } as Schema;
    const plans = Object.keys(schema.properties ?? {}).map((name) => planTable(name, schema));
    const metadata = { name: "d", title: "D", description: "d", licenses: [] };
    const files = ["t.csv", "t_all.csv", "LICENSE", "t.parquet", "Notes.PDF"].map((name, i) => ({ name, bytes: i, sha256: `${i}` }));
    const release = { version: "1.0.0", commit: "c", date: "2026-01-02T00:00:00Z", previous: "p", generator: "1", iceberg: {} as never };
    const made = datapackage({ metadata, plans }, release, files) as { resources: Record<string, unknown>[] };
    const [table, links, license, parquet, other] = made.resources;
    expect(made).toMatchObject({
      ...{ version: "1.0.0", created: "2026-01-02T00:00:00Z", commit: "c", previous: "p", generator: "factpress 1", iceberg: {} },
      $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    });
    expect(table).toMatchObject({
      ...{ name: "t", path: "t.csv", type: "table", title, description: "All.", format: "csv", mediatype: "text/csv" },
      ...{ encoding: "utf-8", bytes: 0, hash: "sha256:0" },
    });
    expect(links).toMatchObject({ name: "t_all", title: "Rivers: all", description: "One row for each item of all in t." });
    expect(license).toEqual({
      ...{ name: "license", path: "LICENSE", format: "txt", mediatype: "text/plain", encoding: "utf-8", bytes: 2, hash: "sha256:2" },
    });
    expect(parquet).toMatchObject({ path: "t.parquet", format: "parquet", bytes: 3 });
    expect(parquet).not.toHaveProperty("encoding");
    expect(other).toMatchObject({ name: "notes.pdf", path: "Notes.PDF", bytes: 4 });
  });

  it("has the metadata of dataset.json, and not its instructions", () => {
    const bare = { name: "d", title: "D", description: "d", licenses: [{ name: "CC0-1.0" }] };
    const more = {
      ...{ contributors: [{ title: "A", email: "a@example.org" }], keywords: ["rivers"], homepage: "https://example.org" },
      ...{ spatial: ["Bavaria"], researchedUntil: "2026-02-19", notCovered: "Hesse." },
    };
    const release = { commit: null, date: null, previous: null, generator: "1" };
    const made = (metadata: Metadata): object => datapackage({ metadata, plans: [] }, release, []);
    expect(made({ ...bare, ...more, release: { records: "may-go" } })).toEqual({ ...made(bare), ...more, records: "may-go" });
    expect(made(bare)).toMatchObject({ ...bare, records: "stay" });
    for (const name of [...Object.keys(more), "release", "version", "created"]) expect(made(bare)).not.toHaveProperty(name);
  });
});
