import { describe, expect, it } from "vitest";
import { type ChangeLine, changeLines } from "../../../lib/release/change-lines.ts";
import type { Change, Difference, TableDifference } from "../../../lib/release/difference.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable, type TablePlan } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const planOf = (properties: Record<string, Schema>, primaryKey = ["id"]): TablePlan =>
  planTable("t", { type: "object", properties: { t: { type: "array", primaryKey, items: { type: "object", properties } } } });
const labels = new Map([["rivers", new Map([["rhine", "Rhine"]])]]);
const table = (counts: Partial<TableDifference["counts"]>, more: Partial<TableDifference> = {}): TableDifference => ({
  counts: { added: 0, changed: 0, replaced: 0, removed: 0, ...counts },
  ...{ added: [], changed: [], replaced: [], removed: [], spools: {}, active: { before: 0, after: 0, lost: 0 } },
  ...more,
});
const change = (level: Change["level"], words: string): Change => ({ kind: "file-new", level, change: words });
const linesOf = (found: Partial<Difference>, plan = planOf({ id: text }), limit = 10): ChangeLine[] => [
  ...changeLines({ level: "minor", schema: [], tables: {}, ...found }, [plan], labels, limit),
];
/** The line of one added record. */
const lineOf = (plan: TablePlan, record: Record<string, unknown>): ChangeLine | undefined =>
  linesOf({ tables: { t: table({ added: 1 }, { added: [record as never] }) } }, plan)[1];
/** The fields of one corrected record. */
const fieldsOf = (properties: Record<string, Schema>, fields: object): unknown => {
  const changed = [{ key: "a", fields, record: { id: "a" } }] as TableDifference["changed"];
  const [, line] = linesOf({ tables: { t: table({ changed: 1 }, { changed }) } }, planOf({ id: text, ...properties }));
  return line && "fields" in line ? line.fields : undefined;
};

describe("changeLines", () => {
  it("names changes of the description up to the limit, and whether they break", () => {
    const schema = [change("major", "a is gone"), change("minor", "b is new"), change("patch", "c is another")];
    const lines = [
      { kind: "shape", isBreaking: true, change: "a is gone" },
      { kind: "shape", isBreaking: false, change: "b is new" },
      { kind: "shape", isBreaking: false, change: "c is another" },
    ];
    expect(linesOf({ schema }, undefined, 3)).toEqual(lines);
    expect(linesOf({ schema }, undefined, 2)).toEqual([...lines.slice(0, 2), { kind: "more", count: 1 }]);
    expect(linesOf({ schema }, undefined, 1)).toEqual([lines[0], { kind: "more", count: 2 }]);
  });

  it("names records up to the limit: removed, replaced, corrected, added", () => {
    const tables = {
      t: table(
        { added: 1, changed: 1, replaced: 1, removed: 1 },
        {
          removed: [{ key: "r", record: { id: "r" } }],
          replaced: [{ key: "o", by: "n", record: { id: "o" } }],
          changed: [{ key: "c", fields: {}, record: { id: "c" } }],
          // The successor is not repeated.
          added: [{ id: "n" }, { id: "a" }],
        },
      ),
    };
    const lines = [
      { kind: "table", table: "t" },
      { kind: "record", change: "removed", key: "r" },
      { kind: "record", change: "replaced", key: "o", by: "n" },
      { kind: "record", change: "corrected", key: "c", fields: [] },
      { kind: "record", change: "added", key: "a" },
    ];
    expect(linesOf({ tables }, undefined, 4)).toEqual(lines);
    expect(linesOf({ tables }, undefined, 3)).toEqual([...lines.slice(0, 4), { kind: "more", count: 1 }]);
  });

  it("counts records that the difference does not list", () => {
    const tables = { t: table({ removed: 5 }, { removed: [{ key: "r", record: { id: "r" } }] }) };
    expect(linesOf({ tables }).at(-1)).toEqual({ kind: "more", count: 4 });
  });

  it("reports nothing for a table that is unchanged or removed", () => {
    expect(linesOf({ tables: { t: table({}), gone: table({ removed: 1 }, { removed: [{ key: "x", record: {} }] }) } })).toEqual([]);
  });
});

describe("the title of a record", () => {
  const record = (title?: string) => ({ kind: "record", change: "added", key: "a", ...(title === undefined ? {} : { title }) });

  it("is its label", () => {
    const plan = planOf({ id: text, label: text, other: text });
    expect(lineOf(plan, { id: "a", label: "A", other: "x" })).toEqual(record("A"));
    expect(lineOf(planOf({ id: text, other: text, label: text }), { id: "a", label: "A", other: "x" })).toEqual(record("A"));
    expect(lineOf(plan, { id: "a", label: "a" })).toEqual(record());
    expect(lineOf(plan, { id: "a", label: "" })).toEqual(record());
  });

  it("is subject, property and value by role, regardless of their order", () => {
    const plan = planOf({
      id: text,
      v: { ...text, role: "value" },
      p: { ...text, role: "property" },
      s: { ...text, references: "rivers", role: "subject" },
      other: text,
    });
    expect(lineOf(plan, { id: "a", v: "3 m", p: "level", s: "rhine", other: "x" })).toEqual(record("Rhine · level · 3 m"));
    expect(lineOf(plan, { id: "a", p: "level" })).toEqual(record("level"));
  });

  it("is otherwise made of its references and its first own value", () => {
    const plan = planOf({ id: text, first: text, second: text, river: { ...text, references: "rivers" } });
    expect(lineOf(plan, { id: "a", first: "1", second: "2", river: "rhine" })).toEqual(record("Rhine · 1"));
    expect(lineOf(plan, { id: "a", second: "2" })).toEqual(record());
  });

  it("is missing if the schema describes no columns", () => {
    const plan = planOf({ id: text });
    expect(lineOf({ ...plan, record: { type: "object" } }, { id: "a", x: "1" })).toEqual(record());
  });
});

describe("the values of a corrected field", () => {
  it("are shown as JSON, with their display text if it differs", () => {
    expect(fieldsOf({ river: { ...text, references: "rivers" } }, { river: { old: "rhine", new: "elbe" } })).toEqual([
      { name: "river", old: "rhine (Rhine)", now: "elbe" },
    ]);
    expect(fieldsOf({ n: { type: "number", display: "{} m" } }, { n: { old: 1, new: 2 } })).toEqual([
      { name: "n", old: "1 m", now: "2 m" },
    ]);
  });

  it("are shown as nothing if there is no value", () => {
    expect(fieldsOf({ n: text }, { n: { new: "x" } })).toEqual([{ name: "n", old: "nothing", now: "x" }]);
    expect(fieldsOf({ n: text }, { n: { old: null, new: "x" } })).toEqual([{ name: "n", old: "null", now: "x" }]);
  });

  it("are the items of a list, each with its label", () => {
    const list = { type: "array", items: { ...text, references: "rivers" } };
    expect(fieldsOf({ l: list }, { l: { old: ["rhine", "elbe"], new: [] } })).toEqual([{ name: "l", old: "Rhine; elbe", now: "" }]);
    expect(fieldsOf({ l: { type: "array" } }, { l: { old: ["a", null], new: ["b"] } })).toEqual([{ name: "l", old: "a; ", now: "b" }]);
  });

  it("are JSON if the schema does not describe them", () => {
    expect(fieldsOf({}, { x: { old: { a: 1 }, new: true } })).toEqual([{ name: "x", old: '{"a":1}', now: "true" }]);
    const plan = planOf({ id: text });
    const changed = [{ key: "a", fields: { x: { old: 1, new: 2 } }, record: { id: "a" } }];
    const [, line] = linesOf({ tables: { t: table({ changed: 1 }, { changed }) } }, { ...plan, record: { type: "object" } });
    expect(line).toMatchObject({ fields: [{ name: "x", old: "1", now: "2" }] });
  });
});
