import { describe, expect, it } from "vitest";
import { changesFileParts } from "../../../lib/release/changes-file.ts";
import { changesMarkdown } from "../../../lib/release/changes-markdown.ts";
import { changesText } from "../../../lib/release/changes-text.ts";
import type { Difference, TableDifference } from "../../../lib/release/difference.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const schema: Schema = {
  type: "object",
  properties: {
    rivers: { type: "array", title: "Rivers", primaryKey: ["id"], items: { type: "object", properties: { id: text, label: text } } },
    levels: {
      type: "array",
      title: "Levels",
      primaryKey: ["id"],
      items: {
        type: "object",
        properties: {
          id: text,
          river: { ...text, references: "rivers" },
          metres: { type: "number" },
          seen: { type: "array", items: text },
        },
      },
    },
  },
};
const plans = ["rivers", "levels"].map((name) => planTable(name, schema));
const labels = new Map([["rivers", new Map([["rhine", "Rhine"]])]]);
const table = (counts: Partial<TableDifference["counts"]>, more: Partial<TableDifference> = {}): TableDifference => ({
  counts: { added: 0, changed: 0, replaced: 0, removed: 0, ...counts },
  ...{ added: [], changed: [], replaced: [], removed: [], spools: {}, active: { before: 0, after: 0, lost: 0 } },
  ...more,
});
const difference = (tables: Difference["tables"], changes: Difference["schema"] = []): Difference => ({
  level: "major",
  schema: changes,
  tables,
});
const heading = { title: "Rivers *1.1.0*", since: "1.0.0", everything: "changes.json" };
const markdown = (found: Difference, more: object = {}): string[] =>
  changesMarkdown({ ...heading, ...more }, found, plans, labels).split("\n");
const plain = (found: Difference): string[] => changesText(found, plans, labels, (_, line) => line).split("\n");

const ALL = difference({
  rivers: table(
    { added: 1, changed: 1, replaced: 1, removed: 1 },
    {
      removed: [{ key: "po", record: { id: "po", label: "Po" } }],
      replaced: [{ key: "old", by: "new", record: { id: "old", label: "Old" } }],
      changed: [{ key: "rhine", fields: { label: { old: "Rhein", new: "Rhine" } }, record: { id: "rhine", label: "Rhine" } }],
      added: [{ id: "oder", label: "oder" }],
    },
  ),
  levels: table(
    { changed: 1 },
    {
      changed: [
        {
          key: "1",
          fields: { river: { old: "rhine", new: "elbe" }, metres: { old: 1, new: 2 }, seen: { old: ["a", "b"] } },
          record: { id: "1", river: "rhine", metres: 2 },
        },
      ],
    },
  ),
  gone: table({ removed: 1 }, { removed: [{ key: "x", record: {} }] }),
});

describe("changesMarkdown", () => {
  it("lists what is removed, replaced, corrected and added, each with its label", () => {
    expect(markdown(ALL)).toEqual([
      "# Rivers \\*1.1.0\\*",
      "",
      "Since 1.0.0: **major**. 1 river added, 1 corrected, 1 replaced, 1 removed, 1 level corrected, 1 gone removed.",
      "",
      "## rivers",
      "",
      "- removed `po` Po",
      "- replaced by `new`: `old` Old",
      "- corrected `rhine` Rhine",
      "  - `label`: `Rhein` → `Rhine`",
      "- added `oder`",
      "",
      "## levels",
      "",
      "- corrected `1` Rhine · 2",
      "  - `river`: `rhine (Rhine)` → `elbe`",
      "  - `metres`: `1` → `2`",
      "  - `seen`: `a; b` → `nothing`",
      "",
    ]);
  });

  it("does not list successors among the added records", () => {
    const added = [
      { id: "new", label: "New" },
      { id: "oder", label: "Oder" },
    ];
    const replaced = [{ key: "old", by: "new", record: { id: "old" } }];
    const lines = markdown(difference({ rivers: table({ added: 2, replaced: 1 }, { added, replaced }) }));
    expect(lines.filter((line) => line.startsWith("- added"))).toEqual(["- added `oder` Oder"]);
  });

  it("lists breaking changes, and names the skipped release", () => {
    const changes = [
      { kind: "file-gone", level: "major", change: "x.csv is gone" },
      { kind: "file-new", level: "minor", change: "y.csv is new" },
    ] as const;
    expect(markdown(difference({}, [...changes]), { skipped: "1.0.1" })).toEqual([
      "# Rivers \\*1.1.0\\*",
      "",
      "Since 1.0.0: **major**. 2 changes \\(1 breaking\\).",
      "",
      "1.0.1, the release before this one, was withdrawn or removed. So this one is compared with 1.0.0.",
      "",
      "- **breaking**: x.csv is gone",
      "- y.csv is new",
      "",
    ]);
  });

  it("names a hundred records of a table and a hundred changes of files, and counts the rest", () => {
    const removed = Array.from({ length: 101 }, (_, i) => ({ key: `k${i}`, record: { id: `k${i}` } }));
    const lines = markdown(difference({ rivers: table({ removed: 101 }, { removed }) }));
    expect(lines.filter((line) => line.startsWith("- removed"))).toHaveLength(100);
    expect(lines).toContain("- and 1 more: changes.json");
    expect(markdown(difference({ rivers: table({ removed: 100 }, { removed: removed.slice(0, 100) }) })).join()).not.toContain("more");
    const changes = Array.from({ length: 102 }, (_, i) => ({ kind: "file-new", level: "minor", change: `y${i}.csv is new` }) as const);
    expect(markdown(difference({}, changes)).at(-2)).toBe("- and 2 more: changes.json");
    expect(markdown(difference({}, changes.slice(0, 100))).join()).not.toContain("more");
  });
});

describe("changesText", () => {
  it("has the same content on a terminal, with a sign before each line", () => {
    const removed = Array.from({ length: 101 }, (_, i) => ({ key: `k${i}`, record: { id: `k${i}` } }));
    expect(plain(difference({ rivers: table({ removed: 101 }, { removed }) })).at(-2)).toBe("    and 1 more: --format json lists them all");
    expect(plain(ALL)).toEqual([
      "rivers",
      "  - po  Po",
      "  - old  Old  (replaced by new)",
      "  ~ rhine  Rhine",
      "      label: Rhein → Rhine",
      "  + oder",
      "levels",
      "  ~ 1  Rhine · 2",
      "      river: rhine (Rhine) → elbe",
      "      metres: 1 → 2",
      "      seen: a; b → nothing",
      "",
    ]);
    const painted: string[] = [];
    changesText(difference({}, [{ kind: "file-gone", level: "major", change: "x\ny" }]), plans, labels, (sign, line) => {
      painted.push(sign, line);
      return line;
    });
    expect(painted).toEqual(["!", "! x y"]);
  });
});

describe("changesFileParts", () => {
  const head = { from: "1.0.0", to: "1.1.0", commit: null, date: null, generator: "1", documents: {} };
  const written = (found: Difference): { text: string; lists: string[] } => {
    const lists: string[] = [];
    const text = [...changesFileParts(head, found)].map((part) => {
      if (typeof part === "string") return part;
      lists.push(`${part.table}.${part.list}`);
      return '"x"';
    });
    return { text: text.join(""), lists };
  };

  it("form one JSON text with each list that exists, in order", () => {
    const { text, lists } = written(
      difference({
        rivers: table({ added: 1 }, { spools: { removed: "r", added: "a" } }),
        none: table({}),
        levels: table({ changed: 1 }, { spools: { changed: "c" } }),
      }),
    );
    expect(lists).toEqual(["rivers.added", "rivers.removed", "levels.changed"]);
    expect(JSON.parse(text)).toEqual({
      ...head,
      level: "major",
      summary: "1 river added, 1 level corrected",
      schema: [],
      tables: {
        rivers: { counts: table({ added: 1 }).counts, added: ["x"], removed: ["x"] },
        levels: { counts: table({ changed: 1 }).counts, changed: ["x"] },
      },
    });
    expect(text.split("\n").at(-1)).toBe("");
  });

  it("form a JSON text without tables as well", () => {
    expect(JSON.parse(written(difference({})).text)).toMatchObject({ tables: {} });
  });
});
