import { describe, expect, it } from "vitest";
import { CHANGE_LEVELS } from "../../../lib/release/difference.ts";
import { layoutChange } from "../../../lib/release/layout-change.ts";
import { type Package, type ReleaseShape, shapeChanges } from "../../../lib/release/shape-changes.ts";

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

  it("reports properties that are changed, added or removed, but not those of each release", () => {
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

it("layoutChange breaks readers, and names both layouts", () => {
  expect(layoutChange(1, 2)).toEqual({
    kind: "layout-changed",
    level: "major",
    change: "CSV files are written in layout 2 of Factpress, and were in layout 1",
  });
});
