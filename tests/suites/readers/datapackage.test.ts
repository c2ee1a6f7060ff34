import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { factpress, ROOT, scratch, write } from "../../scratch.ts";

/**
 * `tableschema` is the JavaScript implementation of Table Schema by the authors of the specification. It is of version 1 and finished
 * rather than maintained; no package on npm validates tables of Data Package 2. The profile of version 2 validates datapackage.json itself
 * in the suite "conformance". What version 2 adds to a field (`missingValues`) is applied below before this validator sees it.
 */
interface Field {
  name: string;
  type: string;
  missingValues?: string[];
}
interface TableDescriptor {
  fields: Field[];
  primaryKey?: string[];
  foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[];
}
interface Validator {
  Schema: { load(descriptor: object, options: object): Promise<{ valid: boolean; errors: Error[] }> };
  Table: {
    load(
      source: string,
      options: object,
    ): Promise<{ read(options: object): Promise<(unknown[] | { rowNumber: number; errors: Error[] })[]>; headers: string[] }>;
  };
}
const { Schema, Table } = createRequire(join(ROOT, "tests/suites/readers/package.json"))("tableschema") as Validator;

interface Resource {
  name: string;
  path: string;
  schema?: TableDescriptor;
}

/** Fields of an empty text that version 1 cannot describe lose `required`. */
const ofVersion1 = (schema: TableDescriptor): object => ({
  ...schema,
  fields: schema.fields.map(({ missingValues, ...field }) => (missingValues ? { ...field, constraints: {} } : field)),
});

async function rowsOf(folder: string, { path, schema }: Resource, relations: object | boolean): Promise<object[]> {
  const table = await Table.load(join(folder, path), {
    schema: ofVersion1(schema as TableDescriptor),
    strict: true,
    delimiter: ",",
    ltrim: false,
    relax_column_count: false,
  });
  return (await table.read({ keyed: true, relations })) as object[];
}

/** Reads every table of a release as its datapackage.json describes it; throws what the validator refuses. Table → rows. */
async function validated(folder: string): Promise<Map<string, object[]>> {
  const { resources } = JSON.parse(await readFile(join(folder, "datapackage.json"), "utf8")) as { resources: Resource[] };
  const tables = resources.filter(({ schema }) => schema !== undefined);
  const found = new Map<string, object[]>();
  for (const table of tables) {
    const schema = await Schema.load(ofVersion1(table.schema as TableDescriptor), { strict: true });
    expect([table.path, schema.errors]).toEqual([table.path, []]);
    found.set(table.name, await rowsOf(folder, table, false));
  }
  // Once more, with foreign keys: each leads to a table of this package.
  for (const table of tables) {
    const relations = Object.fromEntries(
      (table.schema?.foreignKeys ?? []).map(({ reference }) => [reference.resource, found.get(reference.resource)]),
    );
    expect(Object.entries(relations).filter(([, rows]) => rows === undefined)).toEqual([]);
    if (Object.keys(relations).length > 0) await rowsOf(folder, table, relations);
  }
  return found;
}

const text = { type: "string" };
const table = (properties: object, required: string[] = [], primaryKey = ["id"]): object => ({
  type: "array",
  primaryKey,
  items: { type: "object", additionalProperties: false, required: [...primaryKey, ...required], properties },
});
const dataset = (tables: Record<string, [schema: object, records: object[]]>, metadata: object = {}): Record<string, unknown> => ({
  "data/d/dataset.json": {
    name: "d",
    title: "D",
    description: "Tables that validators stumble over.",
    licenses: [{ name: "CC0-1.0" }],
    ...metadata,
  },
  "data/d/schema.json": {
    type: "object",
    properties: Object.fromEntries(Object.entries(tables).map(([name, [schema]]) => [name, schema])),
  },
  ...Object.fromEntries(Object.entries(tables).map(([name, [, records]]) => [`data/d/${name}.json`, records])),
});

async function built(files: Record<string, unknown>): Promise<string> {
  const folder = await scratch();
  await write(folder, files);
  const { code, out } = await factpress(folder, "build", "d", "--out", "out");
  expect([code, out]).toEqual([0, expect.any(String)]);
  return join(folder, "out/d");
}

describe("a release passes a validator of its own datapackage.json", () => {
  it("with signs, numbers and formulas in enums, keys, references and names of columns", async () => {
    // A Parquet file holds no whole number of more than 64 bits.
    const folder = await built(
      dataset(
        {
          Genes: [
            table({ id: text, strand: { enum: ["+", "-", "=1+2", "@x", "'q"] }, "=1+2": text, "-x": { type: "integer" }, "a;=b": text }, [
              "strand",
            ]),
            [
              { id: "=a", strand: "+", "=1+2": "+297", "-x": -5, "a;=b": "x;=1" },
              { id: "-", strand: "-", "=1+2": "-1.5e3", "-x": 100000000000000000000 },
              { id: "+5", strand: "=1+2", "=1+2": "=1", "-x": -1e15 },
              { id: "'c", strand: "'q" },
              { id: "@d", strand: "@x" },
            ],
          ],
          uses: [
            table({
              id: { type: "integer" },
              gene: { type: "string", references: "Genes" },
              all: { type: "array", items: { type: "string", references: "Genes" } },
            }),
            [
              { id: 1, gene: "=a", all: ["-", "=a", "'c"] },
              { id: 2, gene: "+5", all: [] },
            ],
          ],
        },
        { release: { version: "1.0.0", formats: ["csv", "json", "ndjson", "xlsx", "zip"] } },
      ),
    );
    const tables = await validated(folder);
    expect([...tables.keys()]).toEqual(["genes", "uses", "uses_all"]);
    expect(tables.get("genes")?.[0]).toMatchObject({ id: "'=a", strand: "+", "'=1+2": "+297", "'-x": -5, "a;'=b": "x;'=1" });
    expect(tables.get("uses_all")).toHaveLength(3);
  });

  it("with lists, dates, nothing, empty texts, several types and composite keys", async () => {
    const folder = await built(
      dataset({
        levels: [
          table(
            {
              river: text,
              gauge: { type: "integer" },
              name: text,
              mixed: { type: ["integer", "string"] },
              amount: { type: ["integer", "number", "null"] },
              day: { type: "string", format: "date" },
              when: { type: "string", format: "edtf" },
              tags: { type: "array", items: text },
              yes: { type: "boolean" },
              level: { enum: ["low", "high", null] },
              share: { type: "number" },
            },
            ["name"],
            ["river", "gauge"],
          ),
          [
            {
              river: "a/b",
              gauge: 1,
              name: "",
              mixed: "=x",
              amount: 1.5,
              day: "2020-02-29",
              when: "1993/2020-12-14",
              tags: ["=a", "b;=c", ""],
              yes: true,
              level: "low",
            },
            { river: "a", gauge: 1, name: "x", mixed: 7, amount: null, when: "2020", tags: [], yes: false, level: null, share: -1e-7 },
            { river: "a", gauge: 2, name: "-", tags: ["[]"], share: 1e300 },
          ],
        ],
      }),
    );
    const rows = (await validated(folder)).get("levels");
    expect(rows?.map((row) => (row as { mixed: unknown }).mixed)).toEqual(["'=x", "7", null]);
    expect(rows?.[1]).toMatchObject({ yes: false, level: null, share: -1e-7, amount: null });
  });

  it("as the Abraham Accords do", async () => {
    const folder = await scratch();
    expect((await factpress(ROOT, "build", "abraham-accords", "--out", folder)).code).toBe(0);
    const tables = await validated(join(folder, "abraham-accords"));
    expect(tables.get("facts")?.length).toBeGreaterThan(100);
  });

  it("fails when a cell differs from its description", async () => {
    const folder = await built(dataset({ t: [table({ id: text, kind: { enum: ["a"] } }), [{ id: "1", kind: "a" }]] }));
    const csv = await readFile(join(folder, "t.csv"), "utf8");
    await write(folder, { "t.csv": csv.replace("1,a", "1,b") });
    await expect(validated(folder)).rejects.toThrow();
  });
});
