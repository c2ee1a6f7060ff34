import { describe, expect, it } from "vitest";
import { CHANGE_LEVELS } from "../../../lib/release/difference.ts";
import { layoutChange } from "../../../lib/release/layout-change.ts";
import { type Package, type ReleaseShape, shapeChanges } from "../../../lib/release/shape-changes.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

interface Field {
  name: string;
  type?: string;
  title?: string;
  constraints?: { enum?: string[]; required?: boolean };
}
interface Table {
  path?: string;
  title?: string;
  fields?: Field[];
  primaryKey?: string[];
  foreignKeys?: unknown;
}

const resource = ({ path = "t.csv", title, fields = [], primaryKey, foreignKeys }: Table): Package["resources"][number] => ({
  path,
  ...(title ? { title } : {}),
  schema: {
    fields: fields.map((field) => ({ type: "string", ...field })),
    ...(primaryKey ? { primaryKey } : {}),
    ...(foreignKeys ? { foreignKeys } : {}),
  },
});
const shape = (resources: Package["resources"], more: object = {}): ReleaseShape => ({
  schema: {},
  package: { name: "d", layout: 2, resources, ...more },
});
const changes = (old: ReleaseShape, now: ReleaseShape): string[] => shapeChanges(old, now).map(({ kind, change }) => `${kind}: ${change}`);
const tables = (old: Table, now: Table): string[] => changes(shape([resource(old)]), shape([resource(now)]));
const columns = (old: Field[], now: Field[]): string[] => tables({ fields: old }, { fields: now });

describe("shapeChanges of a file", () => {
  it("reports a changed primary key", () => {
    expect(tables({ primaryKey: ["id"] }, { primaryKey: ["id", "day"] })).toEqual([
      "primary-key-changed: t.csv: the primary key was id and is id, day",
    ]);
    expect(tables({ primaryKey: ["id"] }, { primaryKey: ["id"] })).toEqual([]);
  });

  it("reports columns that are added, removed and moved", () => {
    expect(columns([{ name: "a" }, { name: "b" }], [{ name: "b" }, { name: "c" }])).toEqual([
      "column-gone: t.csv: column a is gone",
      "column-new: t.csv: column c is new",
    ]);
    expect(columns([{ name: "a" }, { name: "b" }], [{ name: "b" }, { name: "a" }])).toEqual([
      "columns-reordered: t.csv: columns stand in another order",
    ]);
    expect(columns([{ name: "a" }, { name: "b" }], [{ name: "a" }, { name: "c" }, { name: "b" }])).toEqual([
      "column-new: t.csv: column c is new",
    ]);
  });

  it("reports a column that becomes optional or required, and one with a new description", () => {
    const required = { name: "a", constraints: { required: true } };
    expect(columns([required], [{ name: "a" }])).toEqual(["column-optional: t.csv: column a may be empty"]);
    expect(columns([{ name: "a" }], [required])).toEqual(["column-required: t.csv: column a is never empty"]);
    expect(columns([required], [required])).toEqual([]);
    expect(columns([{ name: "a", title: "A" }], [{ name: "a", title: "B" }])).toEqual([
      "column-described: t.csv: column a is described otherwise",
    ]);
    expect(columns([{ name: "a", title: "A" }], [{ ...required, title: "B" }])).toEqual([
      "column-required: t.csv: column a is never empty",
    ]);
  });

  it("reports allowed values that are added and removed, and whether values are listed at all", () => {
    const listed = (...values: string[]): Field[] => [{ name: "a", constraints: { enum: values } }];
    expect(columns(listed("x", "y"), listed("x", "z"))).toEqual([
      "value-gone: t.csv: column a no longer allows y",
      "value-new: t.csv: column a allows z",
    ]);
    expect(columns(listed("x"), [{ name: "a" }])).toEqual(["values-open: t.csv: column a allows any value"]);
    expect(columns([{ name: "a" }], listed("x"))).toEqual(["values-listed: t.csv: column a allows listed values only"]);
  });

  it("reports a table with a new description", () => {
    expect(tables({ title: "T" }, { title: "U" })).toEqual(["table-described: t.csv is described otherwise"]);
    expect(tables({ foreignKeys: [1] }, { foreignKeys: [2] })).toEqual(["table-described: t.csv is described otherwise"]);
  });

  it("reports nothing for a file without columns", () => {
    expect(changes(shape([{ path: "t.csv", title: "T" }]), shape([resource({})]))).toEqual([]);
    expect(changes(shape([resource({})]), shape([{ path: "t.csv", title: "T" }]))).toEqual([]);
  });
});

describe("shapeChanges of a release", () => {
  it("reports files that are added and removed, but not those that are derived", () => {
    const [one, two] = [resource({ path: "one.csv" }), resource({ path: "two.csv" })];
    const derived = ["changes.json", "CHANGES.md", "schema.json", "README.md", "CITATION.cff", "LICENSE"].map((path) => ({ path }));
    expect(changes(shape([one]), shape([two]))).toEqual(["file-gone: one.csv is gone", "file-new: two.csv is new"]);
    expect(changes(shape([one, ...derived]), shape([one]))).toEqual([]);
    expect(changes(shape([one]), shape([one, ...derived]))).toEqual([]);
  });

  it("reports properties that are changed, added or removed, but not those that every release changes", () => {
    expect(changes(shape([], { title: "A", keywords: ["k"] }), shape([], { title: "B", homepage: "h" }))).toEqual([
      "metadata-changed: title is another",
      "metadata-changed: keywords is another",
      "metadata-changed: homepage is another",
    ]);
    const each = { version: "1.0.0", created: "x", commit: "c", previous: "p", generator: "g", records: "stay" };
    expect(changes(shape([]), shape([], { ...each, layout: 1 }))).toEqual([]);
  });

  it("assigns each change the level of its type", () => {
    const found = shapeChanges(shape([resource({})], { records: "stay" }), shape([], { records: "may-go", title: "T" }));
    expect(found.map(({ kind, level }) => [kind, level])).toEqual([
      ["promise-weakened", "major"],
      ["file-gone", "major"],
      ["metadata-changed", "patch"],
    ]);
    for (const { kind, level } of found) expect(level).toBe(CHANGE_LEVELS[kind]);
  });
});

describe("shapeChanges of lists", () => {
  it("does not compare the allowed values of a list with those of a plain column", () => {
    const schemaOf = (column: Schema): Schema => ({
      type: "object",
      properties: {
        t: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: { type: "string" }, c: column } } },
      },
    });
    const found = (old: Schema, now: Schema): string[] =>
      shapeChanges({ ...shape([]), schema: schemaOf(old) }, { ...shape([]), schema: schemaOf(now) }).map(({ change }) => change);
    const list: Schema = { type: "array", items: { type: "string", enum: ["a"] } };
    const plain: Schema = { type: "string", enum: ["b"] };
    expect(found(list, plain)).toEqual(["t.csv: column c was a list of string and is string"]);
    expect(found(plain, list)).toEqual(["t.csv: column c was string and is a list of string"]);
    // The allowed values of a plain text are in datapackage.json.
    expect(found({ type: "string", enum: ["a"] }, plain)).toEqual(["schema.json asks something else of records"]);
  });
});

describe("shapeChanges of databases and Parquet files", () => {
  const text: Schema = { type: "string" };
  const schemaOf = (properties: Record<string, Schema>, name = "t"): Schema => ({
    type: "object",
    properties: { [name]: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: text, ...properties } } } },
  });
  const release = (schema: Schema, ...paths: string[]): ReleaseShape => ({ ...shape(paths.map((path) => ({ path }))), schema });
  const found = (old: Schema, now: Schema, oldFiles: string[], nowFiles = oldFiles): string[] =>
    shapeChanges(release(old, ...oldFiles), release(now, ...nowFiles))
      .filter(({ kind }) => !kind.startsWith("file-"))
      .map(({ kind, level, change }) => `${level} ${kind}: ${change}`);
  const searched = { ...text, search: true };

  it("reports columns that full-text search now covers, or no longer covers", () => {
    const [off, on] = [schemaOf({ note: text }), schemaOf({ note: searched })];
    expect(found(off, on, ["d.sqlite"])).toEqual(["minor column-new: d.sqlite: the search of t covers note"]);
    expect(found(on, off, ["d.sqlite"])).toEqual(["major column-gone: d.sqlite: the search of t no longer covers note"]);
    expect(found(on, on, ["d.sqlite"])).toEqual([]);
  });

  it("reports no change of search if either release has no database", () => {
    const [off, on] = [schemaOf({ note: text }), schemaOf({ note: searched })];
    const none: string[] = [];
    const [one, other] = [["d.sqlite"], ["e.sqlite"]] as [string[], string[]];
    for (const files of [none, other])
      expect(found(off, on, files)).toEqual(["patch rules-changed: schema.json asks something else of records"]);
    expect(found(off, on, one, none)).toEqual([]);
    expect(found(off, on, none, one)).toEqual([]);
  });

  it("reports no change of search for a column or table that was added or removed", () => {
    const [without, on] = [schemaOf({}), schemaOf({ note: searched })];
    expect(found(without, on, ["d.sqlite"])).not.toContainEqual(expect.stringContaining("search"));
    expect(found(on, without, ["d.sqlite"])).not.toContainEqual(expect.stringContaining("search"));
    expect(found(on, schemaOf({ note: text }, "u"), ["d.sqlite"])).not.toContainEqual(expect.stringContaining("search"));
    expect(found({ type: "object" }, on, ["d.sqlite"])).not.toContainEqual(expect.stringContaining("search"));
  });

  // Published releases list them in this order.
  it("lists search before types, and its tables in the old order", () => {
    const bounded = { type: "number", multipleOf: 0.01, minimum: 0, maximum: 100 };
    const unbounded = { type: "number", multipleOf: 0.01, minimum: 0 };
    const two = (names: string[], properties: Record<string, Schema>): Schema => ({
      type: "object",
      properties: Object.assign({}, ...names.map((name) => schemaOf(properties, name).properties)),
    });
    expect(
      found(
        two(["b", "a"], { note: searched, n: bounded }),
        two(["a", "b"], { note: text, n: unbounded }),
        ["a", "b"].map((table) => `${table}.parquet`).concat("d.sqlite"),
      ),
    ).toEqual([
      "major column-gone: d.sqlite: the search of b no longer covers note",
      "major column-gone: d.sqlite: the search of a no longer covers note",
      "major column-retyped: a.parquet: column n was DECIMAL(2) and is DOUBLE",
      "major column-retyped: b.parquet: column n was DECIMAL(2) and is DOUBLE",
    ]);
  });

  it("reports a retyped column in a file that both releases have", () => {
    const [old, now] = [schemaOf({ n: { type: ["string", "integer"] } }), schemaOf({ n: text })];
    const parquet = "major column-retyped: t.parquet: column n was ";
    const sqlite = "major column-retyped: d.sqlite: column n of t was ANY and is TEXT";
    expect(found(old, now, ["d.sqlite"])).toContainEqual(sqlite);
    expect(found(old, now, ["t.parquet"])).not.toContainEqual(sqlite);
    expect(found(old, now, ["d.sqlite"], [])).not.toContainEqual(sqlite);
    expect(found(old, now, [], ["d.sqlite"])).not.toContainEqual(sqlite);
    const two = (properties: Record<string, Schema>): Schema => ({
      type: "object",
      properties: { ...schemaOf({ n: text }, "a").properties, ...schemaOf(properties).properties },
    });
    expect(found(two({ n: { type: ["string", "integer"] } }), two({ n: text }), ["d.sqlite"])).toContainEqual(sqlite);
    expect(found(schemaOf({}, "a"), two({ n: text }), ["d.sqlite"])).not.toContainEqual(expect.stringContaining("retyped"));
    const numbers = found(schemaOf({ n: { type: "integer" } }), schemaOf({ n: { type: "number" } }), ["t.parquet", "d.sqlite"]);
    // The column is retyped in every file, which is reported once.
    expect(numbers.filter((line) => line.includes("column-retyped"))).toHaveLength(1);
    expect(numbers).not.toContainEqual(expect.stringContaining(parquet));
    expect(
      shapeChanges(release(old, "d.sqlite"), release(now, "d.sqlite"), true).filter(({ change }) => change.startsWith("d.sqlite")),
    ).toEqual([]);
  });
});

it("layoutChange is breaking, and names both layouts", () => {
  expect(layoutChange(1, 2)).toEqual({
    kind: "layout-changed",
    level: "major",
    change: "CSV files are written in layout 2 of Factpress, and were in layout 1",
  });
});
