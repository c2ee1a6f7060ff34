import { describe, expect, it } from "vitest";
import { changedValues, withChangedValues } from "../../../lib/release/changed-values.ts";
import { datapackage } from "../../../lib/release/datapackage.ts";
import {
  breakingDifferences,
  type Difference,
  levelOfDifference,
  summarizeDifference,
  type TableDifference,
} from "../../../lib/release/difference.ts";
import { type Package, shapeChanges } from "../../../lib/release/shape-changes.ts";
import { PUBLISHED_WORDING } from "../../../lib/release/wording.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const schemaOf = (properties: Record<string, Schema>, required = ["id"]): Schema => ({
  type: "object",
  properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", required, properties: { id: text, ...properties } } } },
});
const NOWHERE = { commit: null, date: null, previous: null, generator: "" };
const shape = (schema: Schema) => {
  const plans = Object.keys(schema.properties ?? {}).map((name) => planTable(name, schema));
  const metadata = { name: "d", title: "D", description: "", licenses: [] };
  const files = ["t.csv", "t.json", "LICENSE"].map((name) => ({ name, bytes: 1, sha256: "0" }));
  return { schema, package: JSON.parse(JSON.stringify(datapackage({ metadata, plans }, NOWHERE, files))) as Package };
};
const kinds = (old: Schema, now: Schema): string[] => shapeChanges(shape(old), shape(now)).map(({ kind, change }) => `${kind} ${change}`);

describe("shapeChanges", () => {
  it("reports a retyped column once, together with another change", () => {
    const list = (items: Schema): Schema => ({ type: "array", items });
    expect(
      kinds(
        schemaOf({ a: text, b: list(text), c: list({ type: "integer" }) }),
        schemaOf({ a: { type: "integer" }, b: list({ type: "integer" }), c: list({ type: "integer" }) }),
      ),
    ).toEqual([
      "column-retyped t.csv: column a was string and is integer",
      "column-retyped t.csv: column b was a list of string and is a list of integer",
    ]);
  });

  it("distinguishes a retyped column from one with the same prefix", () => {
    const list: Schema = { type: "array", items: text };
    expect(kinds(schemaOf({ ab: text, a: text }), schemaOf({ ab: { type: "integer" }, a: list }))).toEqual([
      "column-retyped t.csv: column ab was string and is integer",
      "column-described t.csv: column a is described otherwise",
      "column-retyped t.csv: column a was string and is a list of string",
    ]);
  });

  it("names columns that the search of the SQLite file no longer covers, or now covers", () => {
    const files = ["t.csv", "t.json", "d.sqlite"].map((name) => ({ name, bytes: 1, sha256: "0" }));
    const side = (properties: Record<string, Schema>) => {
      const schema = schemaOf(properties);
      const metadata = { name: "d", title: "D", description: "", licenses: [], formats: ["sqlite"] };
      const packed = datapackage({ metadata, plans: [planTable("t", schema)] }, NOWHERE, files);
      return { schema, package: JSON.parse(JSON.stringify(packed)) as Package };
    };
    const searched = { ...text, search: true };
    const found = (ignoresFileTypes: boolean): string[] =>
      shapeChanges(side({ a: searched, b: text, c: searched }), side({ a: text, b: searched, c: searched }), ignoresFileTypes).map(
        ({ kind, change }) => `${kind} ${change}`,
      );
    const changes = ["column-gone d.sqlite: the search of t no longer covers a", "column-new d.sqlite: the search of t covers b"];
    expect(found(false)).toEqual(changes);
    expect(found(true)).toEqual(changes);
    // A column that is new or gone is named by the files that show it.
    expect(shapeChanges(side({ a: searched }), side({ b: searched })).filter(({ change }) => change.includes("search"))).toEqual([]);
  });

  it("compares the policies for records; records stay by default", () => {
    const promised = (old: string | undefined, now: string | undefined): string[] => {
      const sides = [old, now].map((records) => {
        const side = shape(schemaOf({}));
        return { ...side, package: { ...side.package, records } as Package };
      }) as [ReturnType<typeof shape>, ReturnType<typeof shape>];
      return shapeChanges(...sides).map(({ kind }) => kind);
    };
    expect(promised("may-go", "stay")).toEqual(["promise-strengthened"]);
    expect(promised("may-go", undefined)).toEqual(["promise-strengthened"]);
    expect(promised("stay", "may-go")).toEqual(["promise-weakened"]);
    expect(promised(undefined, "may-go")).toEqual(["promise-weakened"]);
    for (const same of ["stay", "may-go", undefined]) expect(promised(same, same)).toEqual([]);
    expect(promised(undefined, "stay")).toEqual([]);
  });

  it("compares the allowed values of lists and numbers, and each once", () => {
    const list = (...values: string[]): Schema => ({ type: "array", items: { type: "string", enum: values } });
    const number = (...values: number[]): Schema => ({ type: "integer", enum: values });
    expect(
      kinds(
        schemaOf({ l: list("a", "b"), n: number(1, 2), s: { ...text, enum: ["x", "y"] } }),
        schemaOf({ l: list("a", "c"), n: number(1), s: { ...text, enum: ["x"] } }),
      ),
    ).toEqual([
      "value-gone t.csv: column s no longer allows y",
      "value-gone t.csv: column l no longer allows b",
      "value-new t.csv: column l allows c",
      "value-gone t.csv: column n no longer allows 2",
    ]);
  });

  it("reports changed rules only if nothing else shows them", () => {
    expect(kinds(schemaOf({ a: text }), schemaOf({ a: { ...text, pattern: "^x" } }))).toEqual([
      "rules-changed schema.json asks something else of records",
    ]);
    expect(kinds(schemaOf({ a: text }), schemaOf({ a: { ...text, pattern: "^x", title: "A" } }))).toEqual([
      "column-described t.csv: column a is described otherwise",
    ]);
    expect(kinds(schemaOf({ a: text }), schemaOf({ a: text }))).toEqual([]);
  });

  it("reports a changed licence and changed texts of the dataset", () => {
    const [old, now] = [shape(schemaOf({})), shape(schemaOf({}))];
    for (const resource of now.package.resources) if (resource.path === "LICENSE") resource.hash = "sha256:1";
    now.package["title"] = "E";
    now.package.layout = old.package.layout + 1;
    expect(shapeChanges(old, now).map(({ kind, change }) => [kind, change])).toEqual([
      ["metadata-changed", "title is another"],
      ["license-changed", "the text of the licence is another"],
    ]);
  });
});

const table = (counts: Partial<TableDifference["counts"]>, more: Partial<TableDifference> = {}): TableDifference => ({
  counts: { added: 0, changed: 0, replaced: 0, removed: 0, ...counts },
  ...{ added: [], changed: [], replaced: [], removed: [], spools: {}, active: { before: 0, after: 0, lost: 0 } },
  ...more,
});

describe("levelOfDifference", () => {
  it.each([
    [{}, "none", "none"],
    [{ changed: 1 }, "patch", "patch"],
    [{ added: 1, changed: 1 }, "minor", "minor"],
    [{ removed: 1 }, "major", "minor"],
    [{ replaced: 1, changed: 3 }, "major", "minor"],
  ] as const)("of %j is %s, and %s if records may go", (counts, stay, mayGo) => {
    expect(levelOfDifference([], { t: table(counts) })).toBe(stay);
    expect(levelOfDifference([], { t: table(counts) }, "may-go")).toBe(mayGo);
  });

  it("is the highest of all", () => {
    const minor = { kind: "file-new", level: "minor", change: "" } as const;
    expect(levelOfDifference([minor], { a: table({ changed: 1 }), b: table({ changed: 2 }) })).toBe("minor");
    expect(levelOfDifference([minor], { a: table({}), b: table({ removed: 1 }) })).toBe("major");
  });
});

describe("breakingDifferences", () => {
  const keys = (count: number): { key: string; record: object }[] =>
    Array.from({ length: count }, (_, i) => ({ key: `k${i}`, record: {} }));
  const difference = (tables: Difference["tables"]): Difference => ({ level: "major", schema: [], tables });
  it("lists what is removed, up to twenty, and counts the rest", () => {
    expect(breakingDifferences(difference({ t: table({ removed: 1 }, { removed: keys(1) as never }) }))).toEqual(["t: k0 is gone"]);
    const [sentence] = breakingDifferences(difference({ t: table({ removed: 21 }, { removed: keys(21) as never }) }));
    expect(sentence).toMatch(/^t: 21 are gone: k0, .*k19 and 1 more$/);
    expect(breakingDifferences(difference({ t: table({ removed: 20 }, { removed: keys(20) as never }) }))[0]).toMatch(/k19$/);
  });

  it("names breaking changes of the description, and only these if records may go", () => {
    const [gone, added] = [
      { kind: "file-gone", level: "major", change: "x is gone" },
      { kind: "file-new", level: "minor", change: "y is new" },
    ] as const;
    const found = { ...difference({ t: table({ removed: 1 }, { removed: keys(1) as never }) }), schema: [gone, added] };
    expect(breakingDifferences(found)).toEqual(["x is gone", "t: k0 is gone"]);
    expect(breakingDifferences(found, "may-go")).toEqual(["x is gone"]);
  });

  it("names replacements first, and nothing if records may go", () => {
    const found = difference({
      t: table({ removed: 1, replaced: 1 }, { removed: keys(1) as never, replaced: [{ key: "a", by: "b", record: {} }] }),
      u: table({ changed: 4 }),
    });
    expect(breakingDifferences(found)).toEqual(["t: 2 are gone: a (replaced by b), k0"]);
    expect(breakingDifferences(found, "may-go")).toEqual([]);
  });
});

describe("summarizeDifference", () => {
  it("counts what changed", () => {
    const tables = { facts: table({ added: 2, changed: 1, replaced: 3, removed: 4 }) };
    expect(summarizeDifference({ schema: [], tables })).toBe("2 facts added, 1 corrected, 3 replaced, 4 removed");
    expect(summarizeDifference({ schema: [], tables: { facts: table({ added: 1 }) } })).toBe("1 fact added");
    expect(summarizeDifference({ schema: [], tables: {} })).toBe("nothing a reader gets has changed");
    const change = { kind: "file-gone", level: "major", change: "x is gone" } as const;
    expect(summarizeDifference({ schema: [change], tables: {} })).toBe("x is gone");
    expect(summarizeDifference({ schema: [change], tables: { facts: table({ added: 1 }) } })).toBe(
      "1 fact added, 1 other change (1 breaking)",
    );
    expect(summarizeDifference({ schema: [change, { ...change, level: "minor" }], tables: {} })).toBe("2 changes (1 breaking)");
    const rules = { ...change, change: "schema.json asks something else of records" };
    expect(summarizeDifference({ schema: [rules], tables: {} })).toBe("the rules for records in schema.json changed");
    expect(summarizeDifference({ schema: [rules], tables: {} }, PUBLISHED_WORDING)).toBe(rules.change);
  });
});

describe("changedValues and withChangedValues", () => {
  it("find and apply differences", () => {
    const [old, now] = [
      { id: "a", x: 1, gone: null, list: [1, { b: 2, c: 3 }] },
      { id: "a", x: 2, list: [1, { c: 3, b: 2 }], new: "n" },
    ];
    const fields = changedValues(old, now);
    expect(fields).toEqual({ x: { old: 1, new: 2 }, gone: { old: null }, new: { new: "n" } });
    expect(withChangedValues(old, fields)).toEqual({ id: "a", x: 2, list: [1, { b: 2, c: 3 }], new: "n" });
  });

  it.each([
    [{ v: [1, 2] }, { v: [1] }],
    [{ v: [1, 2] }, { v: [2, 1] }],
    [{ v: { a: 1 } }, { v: { a: 1, b: 2 } }],
    [{ v: { a: 1 } }, { v: { b: 1 } }],
    [{ v: { a: 1, b: 2 } }, { v: { a: 1, b: 3 } }],
    [{ v: {} }, { v: [] }],
    [{ v: [] }, { v: {} }],
    [{ v: null }, { v: {} }],
    [{ v: {} }, { v: null }],
    [{ v: [1, 2] }, { v: [1, 3] }],
    [{ v: 1 }, { v: {} }],
    [{ v: {} }, { v: 1 }],
    [{ v: 1 }, { v: 2 }],
    [{ v: { length: 0 } }, { v: [] }],
    [{ v: [] }, { v: { length: 0 } }],
    [{ v: [{ a: 1 }] }, { v: [{ a: 2 }] }],
    [{ v: { a: undefined } }, { v: { b: undefined } }],
    [{ v: "1" }, { v: 1 }],
    [{ v: { a: null } }, { v: {} }],
  ])("tell %j from %j", (old, now) => {
    expect(Object.keys(changedValues(old as never, now as never))).toEqual(["v"]);
  });
});
