import { describe, expect, it } from "vitest";
import type { Value } from "../../../lib/formats/value.ts";
import { type ChangesStep, composeChanges } from "../../../lib/release/compose-changes.ts";
import { shapeText } from "../../../lib/release/shape-text.ts";
import { changedParts } from "../../../lib/site/versions/changed-parts.ts";
import { groupChanges, withFirstChanges } from "../../../lib/site/versions/group-changes.ts";
import { newsSentence } from "../../../lib/site/versions/news-sentence.ts";
import type { VersionsModel } from "../../../lib/site/versions/versions-model.ts";
import { pagesOf } from "./pages-of.ts";

const keyOf = (_: string, record: object): string => String((record as { id: string }).id);
const step = (from: string, to: string, things: ChangesStep["tables"][string], schema: string[] = []): ChangesStep => ({
  ...{ from, to, schema: schema.map((change) => ({ change })) },
  tables: { things },
});
const records = (...steps: ChangesStep[]): unknown[] =>
  composeChanges(steps, keyOf).records.map(({ kind, key, by, fields, record }) => ({
    ...{ kind, key },
    ...(by ? { by } : {}),
    ...(fields ? { fields } : {}),
    ...(record ? { record } : {}),
  }));

describe("several steps as one difference", () => {
  it("names both ends, and each change of the shape once", () => {
    const all = composeChanges([step("1.0.0", "1.1.0", {}, ["a", "b"]), step("1.1.0", "2.0.0", {}, ["b", "c"])], keyOf);
    expect(all).toEqual({ from: "1.0.0", to: "2.0.0", shape: ["a", "b", "c"], records: [] });
    expect(composeChanges([], keyOf)).toEqual({ from: "", to: "", shape: [], records: [] });
  });

  it("lists what changed, then what was added, then what was removed", () => {
    const found = records(
      step("1", "2", {
        removed: [{ key: "r", record: { id: "r" } }],
        replaced: [{ key: "p", by: "a", record: { id: "p" } }],
        added: [{ id: "a" }],
        changed: [{ key: "c", fields: { x: { old: 1, new: 2 } } }],
      }),
    );
    expect(found).toEqual([
      { kind: "changed", key: "c", fields: [{ name: "x", old: 1, now: 2 }] },
      { kind: "added", key: "a", record: { id: "a" } },
      { kind: "removed", key: "r", record: { id: "r" } },
      { kind: "removed", key: "p", by: "a", record: { id: "p" } },
    ]);
  });

  it("leaves out what was changed back, or added and removed again", () => {
    expect(
      records(
        step("1", "2", { added: [{ id: "a" }], changed: [{ key: "c", fields: { x: { old: 1, new: 2 } } }] }),
        step("2", "3", { removed: [{ key: "a", record: { id: "a" } }], changed: [{ key: "c", fields: { x: { old: 2, new: 1 } } }] }),
      ),
    ).toEqual([]);
  });

  it("shows an added record as it is at the end, and a removed one as it was at the beginning", () => {
    expect(
      records(
        step("1", "2", { added: [{ id: "a", x: 1, y: 1 }], changed: [{ key: "r", fields: { x: { old: 1, new: 2 }, y: { new: 3 } } }] }),
        step("2", "3", {
          changed: [{ key: "a", fields: { x: { old: 1, new: 5 }, y: { old: 1 } } }],
          removed: [{ key: "r", record: { id: "r", x: 2, y: 3 } }],
        }),
      ),
    ).toEqual([
      { kind: "added", key: "a", record: { id: "a", x: 5 } },
      { kind: "removed", key: "r", record: { id: "r", x: 1 } },
    ]);
  });

  it("shows the differences of a record that was removed and added again", () => {
    expect(
      records(
        step("1", "2", { removed: [{ key: "a", record: { id: "a", x: 1, z: 0 } }] }),
        step("2", "3", { added: [{ id: "a", x: 2, y: 1, z: 0 }] }),
      ),
    ).toEqual([
      {
        kind: "changed",
        key: "a",
        fields: [
          { name: "x", old: 1, now: 2 },
          { name: "y", now: 1 },
        ],
      },
    ]);
  });

  it("keeps the first old value and the last new one", () => {
    expect(
      records(
        step("1", "2", { changed: [{ key: "c", fields: { x: { old: 1, new: 2 }, gone: { old: "g" } } }] }),
        step("2", "3", { changed: [{ key: "c", fields: { x: { old: 2, new: 3 } } }] }),
      ),
    ).toEqual([
      {
        kind: "changed",
        key: "c",
        fields: [
          { name: "x", old: 1, now: 3 },
          { name: "gone", old: "g" },
        ],
      },
    ]);
  });
});

describe("a changed list", () => {
  it.each<[string, Value, Value, Value | undefined, Value | undefined]>([
    ["names the entries that only one of them has", ["a", "b", "c"], ["a", "x", "c"], ["b"], ["x"]],
    ["names only what was added", [{ s: "a" }], [{ s: "a" }, { s: "b" }], undefined, [{ s: "b" }]],
    ["names only what was removed", ["a", "b"], ["b"], ["a"], undefined],
    ["is shown whole if only the order differs", ["a", "b"], ["b", "a"], ["a", "b"], ["b", "a"]],
    ["is shown whole beside a value that is no list", ["a"], "a", ["a"], "a"],
  ])("%s", (_, old, now, gone, come) => expect(changedParts(old, now)).toEqual([gone, come]));
});

describe("the first sentence of a comparison", () => {
  const table = { primaryKey: ["id"], names: ["id"], fields: {} };
  const model = {
    ...{ dataset: "d", composer: "", versions: [], total: 2, isFirst: false, labels: {}, titles: {}, main: "claims" },
    tables: {
      claims: { ...table, noun: ["claim", "claims"], title: "Claims" },
      lands: { ...table, noun: ["land", "lands"], title: "Lands" },
      seas: { ...table, noun: ["sea", "seas"], title: "Seas" },
    },
  } satisfies VersionsModel;
  const sentence = (schema: string[], tables: ChangesStep["tables"]): string =>
    newsSentence(
      groupChanges(composeChanges([{ from: "1", to: "2", schema: schema.map((change) => ({ change })), tables }], keyOf)),
      model,
    );
  const lands = { lands: { added: [{ id: "a" }, { id: "b" }] } };

  it.each<[string, string[], ChangesStep["tables"], string]>([
    ["and nothing else", ["lands.ndjson is new"], lands, "No claim changed; a new table with 2 lands."],
    [
      "beside changed records of another table",
      ["lands.ndjson is new"],
      { ...lands, seas: { changed: [{ key: "s", fields: { x: { new: 1 } } }] } },
      "No claim changed; a new table with 2 lands.",
    ],
    [
      "beside records of the main table",
      ["lands.ndjson is new"],
      { ...lands, claims: { added: [{ id: "c" }] } },
      "A new table with 2 lands.",
    ],
    [
      "twice",
      ["lands.ndjson is new", "seas.ndjson is new"],
      { ...lands, seas: { added: [{ id: "s" }] } },
      "No claim changed; a new table with 2 lands; a new table with 1 sea.",
    ],
    ["not, but rows of a known one and a format", ["lands.parquet is new"], lands, "No claim changed."],
    ["not, but records of the main one", [], { claims: { added: [{ id: "c" }] } }, ""],
    ["that is the main one", ["claims.ndjson is new"], { claims: { added: [{ id: "c" }] } }, "A new table with 1 claim."],
  ])("reports it: %s", (_, schema, tables, expected) => {
    expect(sentence(schema, tables)).toBe(expected);
  });

  /** The page of a release that changes tables whose keys refer to lands. */
  const changedPage = async (schema: string[], states: object): Promise<string> => {
    const text = { type: "string" };
    const list = (title: string, primaryKey: string, properties: object): object => ({
      ...{ type: "array", title, primaryKey: [primaryKey] },
      items: { type: "object", properties },
    });
    const properties = {
      lands: list("Lands", "id", { id: text, name: { ...text, role: "label" } }),
      states: list("States", "land", { land: { ...text, references: "lands" }, iso: text }),
    };
    const { html } = await pagesOf(
      {
        dataset: { name: "d", title: "D", description: "All.", licenses: [{ name: "CC0-1.0" }] },
        schema: { properties },
        tables: { lands: [{ id: "land:A", name: "Aland" }], states: [{ land: "land:A", iso: "AA" }] },
      },
      {
        version: "1.1.0",
        catalogue: { releases: ["1.1.0", "1.0.0"].map((version) => ({ version, level: "minor", date: null, manifest: "0", commit: "0" })) },
        changes: { from: "1.0.0", to: "1.1.0", schema: schema.map((change) => ({ change })), tables: { states } },
      },
    );
    return html;
  };
  const changesOf = (html: string): string =>
    (/<ul class="changes">(.*?)<\/ul>/.exec(html)?.[1] ?? "")
      .replaceAll("</del>", "~")
      .replace(/<[^>]*>/g, "")
      .trim();

  it("names its rows by the labels of what their keys refer to", async () => {
    const html = await changedPage(["states.ndjson is new"], { added: [{ land: "land:A", iso: "AA" }] });
    expect(changesOf(html)).toBe("+ AddedAland  States");
    expect(html).toContain("<p>No land changed; a new table with 1 state.</p>");
    expect(html).toContain('data-copy="/d/?compare=1.0.0...1.1.0#comparison"');
  });

  it("names changed rows so, too, and strikes out only what was there", async () => {
    const changed = (iso: object): object => ({ changed: [{ key: "land:A", fields: { iso } }] });
    expect(changesOf(await changedPage([], changed({ new: "AA" })))).toBe("~ ChangedAland  States isonew: AA");
    expect(changesOf(await changedPage([], changed({ old: null, new: "AA" })))).toBe("~ ChangedAland  States isonew: AA");
    expect(changesOf(await changedPage([], changed({ old: "AB", new: "AA" })))).toBe("~ ChangedAland  States isofrom AB~ → to AA");
  });

  it("names each change of columns and files, unless they are more than one line too many", async () => {
    const changes = (count: number) =>
      changedPage(
        Array.from({ length: count }, (_, i) => `a${i}.csv is new`),
        {},
      );
    expect(await changes(5)).not.toContain("of columns and files");
    expect(await changes(6)).toContain("2 more changes of columns and files");
  });
});

describe("many changes", () => {
  const edits = (count: number, fields: (i: number) => Record<string, { old?: number; new?: number }>, prefix = "e") =>
    Array.from({ length: count }, (_, i) => ({ key: `${prefix}${i}`, fields: fields(i) }));
  const grouped = groupChanges(
    composeChanges(
      [
        step("1", "2", {
          changed: [
            ...edits(2, () => ({ y: { old: 1, new: 2 } }), "f"),
            ...edits(7, (i) => ({ x: { old: 0, new: 1 }, n: { old: i, new: i + 1 } })),
            // In another order, they are the same fields.
            ...edits(1, () => ({ n: { old: 8, new: 9 }, x: { old: 0, new: 1 } }), "g"),
          ],
          added: Array.from({ length: 12 }, (_, i) => ({ id: `a${i}` })),
        }),
      ],
      keyOf,
    ),
  );

  it("are grouped by kind, the largest group first, with the values that all records of a group have", () => {
    expect(grouped.groups.map(({ records, ...group }) => [group, records?.length])).toEqual([
      [{ kind: "added", table: "things", fields: [], same: [], count: 12 }, 12],
      [{ kind: "changed", table: "things", fields: ["x", "n"], same: [{ name: "x", old: 0, now: 1 }], count: 8 }, 8],
      [{ kind: "changed", table: "things", fields: ["y"], same: [{ name: "y", old: 1, now: 2 }], count: 2 }, 2],
    ]);
  });

  it("are on a page only as far as it lists them one by one", () => {
    const counts = (most: number): (number | undefined)[] =>
      withFirstChanges(grouped, most, 50).groups.map(({ records }) => records?.length);
    expect([counts(2), counts(1)]).toEqual([
      [undefined, undefined, 2],
      [undefined, undefined, undefined],
    ]);
  });

  it("are only counted after the kinds that a page names", () => {
    expect(withFirstChanges(grouped, 0, 1).groups.map(({ fields, same, count }) => [fields, same.length, count])).toEqual([
      [[], 0, 12],
      [[], 0, 8],
      [[], 0, 2],
    ]);
  });
});

describe("what people read of a changed schema", () => {
  it.each([
    ["schema.json asks something else of records", "the rules for records in schema.json changed"],
    ["facts.csv: column certainty is described otherwise", "facts.csv: column certainty: its description changed"],
    ["facts.csv is described otherwise", "facts.csv: its description changed"],
    ["description is another", "description of the dataset changed"],
    ["the text of the licence is another", "the text of the licence changed"],
    ["facts.csv: column certainty allows x is another", "facts.csv: column certainty allows x is another"],
    ["facts.csv: column x is new", "facts.csv: column x is new"],
  ])("is plain where the published text is not: %s", (published, text) => {
    expect(shapeText(published)).toBe(text);
  });
});
