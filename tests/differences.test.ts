import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { memoryWorkspace } from "../lib/adapters/memory/memory-workspace.ts";
import { applyChanges } from "../lib/build/apply-changes.ts";
import { buildDatasetTables } from "../lib/build/build-dataset.ts";
import { compareReleases } from "../lib/build/compare-releases.ts";
import { recordLines } from "../lib/build/record-lines.ts";
import { builtSide, type ReleaseSide, sourceSide } from "../lib/build/release-side.ts";
import { readDataset } from "../lib/check/read-dataset.ts";
import { datasetInLayout } from "../lib/dataset/dataset-in-layout.ts";
import type { ReleaseFolder, Source, Workspace } from "../lib/ports/ports.ts";
import { publishDataset } from "../lib/publish/publish-dataset.ts";
import { CHANGE_LEVELS, type Difference } from "../lib/release/difference.ts";
import { publishing, world } from "./protocol/world.ts";
import { RUNTIME } from "./runtime.ts";
import { factpress, ROOT, repository, SMALL_SCHEMA, smallDataset, write } from "./scratch.ts";

type Files = Record<string, unknown>;

const sourceOf = (files: Files): Source => {
  const texts = new Map(
    Object.entries(files).map(([path, value]) => [path, Buffer.from(typeof value === "string" ? value : JSON.stringify(value))]),
  );
  return {
    list: async () => [...texts].map(([path, bytes]) => ({ path, bytes: bytes.length })),
    async *read(path) {
      yield texts.get(path) as Buffer;
    },
  };
};

async function difference(old: Files, now: Files): Promise<Difference> {
  const [before, after] = [memoryWorkspace(), memoryWorkspace()];
  const sides = [await sourceSide(sourceOf(old), RUNTIME, before), await sourceSide(sourceOf(now), RUNTIME, after)];
  if (!sides[0] || !sides[1]) throw new Error("one side has problems");
  return compareReleases(sides[0], sides[1], after);
}

/** The small dataset as another layout writes it. */
async function builtIn(layout: number, workspace: Workspace): Promise<ReleaseSide> {
  const source = sourceOf(smallDataset("1.0.0"));
  const { dataset } = await readDataset(source);
  if (!dataset) throw new Error("the dataset has problems");
  await buildDatasetTables({ dataset: datasetInLayout(dataset, layout), source, runtime: RUNTIME }, { workspace });
  return builtSide(datasetInLayout(dataset, layout), RUNTIME, workspace);
}

type Patch = Record<string, unknown>;

/** The small dataset with values set at paths such as `schema.json/properties/levels/primaryKey`; undefined removes one. */
function small(patch: Patch = {}): Files {
  const files = structuredClone(smallDataset("1.0.0")) as Files;
  for (const [path, value] of Object.entries(patch)) {
    const names = path.split("/");
    const last = names.pop() as string;
    const place = names.reduce((node, name) => node[name] as Files, files);
    if (value === undefined) delete place[last];
    else place[last] = value;
  }
  return files;
}

const ITEMS = "schema.json/properties/levels/items";
const PROPERTIES = `${ITEMS}/properties`;
const MAY_GO = { "dataset.json/release": { version: "1.0.0", records: "may-go" } };
const { note, ...beforeNote } = SMALL_SCHEMA.properties.levels.items.properties;

/** One row a kind of change: the kind and level it gets, what the old side is and the new one. docs/versions.md has the same rows. */
const ROWS: [kind: string, level: string, old: Patch, now: Patch][] = [
  ["promise-weakened", "major", {}, MAY_GO],
  ["promise-strengthened", "patch", MAY_GO, {}],
  ["column-gone", "major", {}, { [`${PROPERTIES}/note`]: undefined, "levels.json/0/note": undefined }],
  ["column-new", "minor", {}, { [`${PROPERTIES}/more`]: { type: "string" } }],
  ["column-retyped", "major", { [`${PROPERTIES}/state`]: { type: "string" } }, { [`${PROPERTIES}/state`]: {} }],
  ["column-retyped", "major", {}, { [`${PROPERTIES}/note`]: { type: "array", items: { type: "string" } }, "levels.json/0/note": ["=1+1"] }],
  ["column-retyped", "major", {}, { [`${PROPERTIES}/day`]: { type: "string", format: "date" }, "levels.json/0/day": "2020-12-01" }],
  ["column-new", "minor", {}, { [`${PROPERTIES}/note/search`]: true }],
  ["column-gone", "major", { [`${PROPERTIES}/note/search`]: true }, {}],
  ["column-retyped", "major", {}, { [`${PROPERTIES}/note/type`]: ["string", "integer"] }],
  ["column-retyped", "major", { [`${PROPERTIES}/note/type`]: ["string", "integer"] }, {}],
  ["column-retyped", "major", {}, { [`${PROPERTIES}/seen/items/type`]: ["string", "integer"] }],
  ["column-retyped", "major", {}, { [`${PROPERTIES}/metres`]: { type: "number", multipleOf: 0.1, minimum: 0, maximum: 9 } }],
  [
    "column-retyped",
    "major",
    { [`${PROPERTIES}/metres`]: { type: "number", multipleOf: 0.1, minimum: 0, maximum: 9 } },
    { [`${PROPERTIES}/metres`]: { type: "number", multipleOf: 0.01, minimum: 0, maximum: 9 } },
  ],
  [
    "column-retyped",
    "major",
    { [`${PROPERTIES}/days`]: { type: "array", items: { type: "string", format: "date" } } },
    { [`${PROPERTIES}/days`]: { type: "array", items: { type: "string" } } },
  ],
  ["column-optional", "major", {}, { [`${PROPERTIES}/seen/items/type`]: ["string", "null"] }],
  ["columns-reordered", "major", {}, { [PROPERTIES]: { note, ...beforeNote } }],
  ["column-optional", "major", {}, { [`${ITEMS}/required`]: ["river", "gauge"] }],
  ["column-required", "patch", { [`${ITEMS}/required`]: ["river", "gauge"] }, {}],
  ["value-gone", "major", {}, { [`${PROPERTIES}/state/enum`]: ["low"] }],
  [
    "value-gone",
    "major",
    { [`${PROPERTIES}/seen/items`]: { enum: ["Ann", "Bo;b", "Cy"] } },
    { [`${PROPERTIES}/seen/items`]: { enum: ["Ann", "Bo;b"] } },
  ],
  [
    "value-gone",
    "major",
    { [`${PROPERTIES}/gauge`]: { enum: [1, 2], type: "integer" } },
    { [`${PROPERTIES}/gauge`]: { enum: [1], type: "integer" } },
  ],
  ["column-optional", "major", {}, { [`${PROPERTIES}/metres`]: { type: ["number", "null"] } }],
  ["value-new", "minor", {}, { [`${PROPERTIES}/state/enum`]: ["low", "high", "dry"] }],
  ["values-listed", "major", { [`${PROPERTIES}/state`]: { type: "string" } }, {}],
  ["values-open", "minor", {}, { [`${PROPERTIES}/state`]: { type: "string" } }],
  ["primary-key-changed", "major", {}, { "schema.json/properties/levels/primaryKey": ["river"] }],
  ["column-described", "patch", {}, { [`${PROPERTIES}/note/description`]: "Words." }],
  ["table-described", "patch", {}, { "schema.json/properties/levels/description": "Levels." }],
  ["metadata-changed", "patch", {}, { "dataset.json/title": "Other" }],
  ["license-changed", "patch", {}, { LICENSE: "All yours.\n" }],
  ["rules-changed", "patch", {}, { [`${PROPERTIES}/note/minLength`]: 1 }],
];

describe("the level of a change", () => {
  it.each(ROWS)("%s is %s", async (kind, level, old, now) => {
    const found = await difference(small(old), small(now));
    expect(found.schema.map((change) => change.kind)).toContain(kind);
    expect(found.level).toBe(level);
  });

  it("names each retyped column once, and only in formats that both releases have", async () => {
    const retyped = small({ [`${PROPERTIES}/note/type`]: ["string", "integer"], [`${PROPERTIES}/state`]: {} });
    const said = async (old: readonly string[], now: readonly string[]): Promise<string[]> => {
      const formats = (files: Files, names: readonly string[]): Files => ({
        ...files,
        "dataset.json": { ...(files["dataset.json"] as object), release: { version: "1.0.0", formats: names } },
      });
      return (await difference(formats(small(), old), formats(retyped, now))).schema.map(({ change }) => change).sort();
    };
    const text = ["csv", "ndjson"];
    const csv = ["levels.csv: column state allows any value", "levels.csv: column state was string and is json"];
    expect(await said(text, text)).toEqual(csv);
    expect(await said(text, [...text, "parquet"])).toEqual(["levels.parquet is new", "rivers.parquet is new", ...csv].sort());
    expect(await said([...text, "parquet"], [...text, "parquet"])).toEqual([...csv, "levels.parquet: column note was STRING and is JSON"]);
    expect(await said([...text, "sqlite"], [...text, "sqlite"])).toEqual([
      ...csv,
      "small.sqlite: column note of levels was TEXT and is ANY",
    ]);
  });

  it("file-gone is major, file-new is minor", async () => {
    const one = {
      ...smallDataset("1.0.0"),
      "schema.json": { ...SMALL_SCHEMA, properties: { rivers: SMALL_SCHEMA.properties.rivers } },
    } as Files;
    delete one["levels.json"];
    const gone = await difference(smallDataset("1.0.0"), one);
    expect([gone.level, gone.schema.map(({ change }) => change)]).toEqual([
      "major",
      ["levels.csv is gone", "levels.json is gone", "levels.ndjson is gone", "levels.parquet is gone"],
    ]);
    const added = await difference(one, smallDataset("1.0.0"));
    expect([added.level, added.schema[0]?.kind, added.tables["levels"]?.counts.added]).toEqual(["minor", "file-new", 2]);
  });

  it("layout-changed is major, and reported only if readers see the difference", async () => {
    const [before, after] = [memoryWorkspace(), memoryWorkspace()];
    const now = await sourceSide(sourceOf(smallDataset("1.0.0")), RUNTIME, after);
    if (!now) throw new Error("the dataset has problems");
    const old = { ...(await builtIn(1, before)), read: now.read };
    expect(await compareReleases(old, now, after)).toMatchObject({ level: "none", schema: [] });
    expect(await compareReleases(old, now, memoryWorkspace(), { layoutShows: true })).toMatchObject({
      level: "major",
      schema: [{ kind: "layout-changed", change: "CSV files are written in layout 2 of Factpress, and were in layout 1" }],
    });
  });

  const withRivers = (rivers: unknown[], more: Patch = {}): Files => small({ "rivers.json": rivers, "levels.json": [], ...more });
  const [a, b, c] = [
    { id: "a", label: "A" },
    { id: "b", label: "B" },
    { id: "c", label: "C" },
  ];
  it.each([
    ["record-added", "minor", withRivers([a]), withRivers([a, b])],
    ["record-changed", "patch", withRivers([a]), withRivers([{ ...a, label: "Ä" }])],
    ["record-removed", "major", withRivers([a, b]), withRivers([a])],
    ["record-removed (may-go)", "minor", withRivers([a, b], MAY_GO), withRivers([a], MAY_GO)],
    ["record-moved", "none", withRivers([a, b, c]), withRivers([c, a, b])],
    ["record-rewritten", "none", withRivers([a]), withRivers([{ label: "A", id: "a" }])],
    [
      "control only",
      "none",
      small(),
      small({ "dataset.json/release": { version: "1.5.0", withdrawn: [{ version: "1.0.0", reason: "r" }] } }),
    ],
  ] as const)("%s is %s", async (_what, level, old, now) => {
    expect((await difference(old, now)).level).toBe(level);
  });

  it("is in docs/versions.md, one row a kind, with the same level", () => {
    const rows = new Map(
      [...readFileSync(join(ROOT, "docs/versions.md"), "utf8").matchAll(/^\| `([a-z-]+)` \| (major|minor|patch|none)\b/gm)].map(
        ([, kind, level]) => [kind, level],
      ),
    );
    for (const [kind, level] of Object.entries(CHANGE_LEVELS)) expect([kind, rows.get(kind)]).toEqual([kind, level]);
    const tested = new Set([...ROWS.map(([kind]) => kind), "layout-changed", "file-gone", "file-new"]);
    expect(Object.keys(CHANGE_LEVELS).filter((kind) => !tested.has(kind))).toEqual([]);
  });

  it("shows a replacement as one change, which is still major", async () => {
    const successor = { "schema.json/properties/rivers/items/properties/replacedBy": { type: "string", references: "rivers" } };
    const files = (rivers: unknown[]): Files => withRivers(rivers, successor);
    const found = await difference(files([{ ...a, replacedBy: "b" }, b]), files([b]));
    expect(found.tables["rivers"]).toMatchObject({
      counts: { added: 0, changed: 0, replaced: 1, removed: 0 },
      replaced: [{ key: "a", by: "b" }],
    });
    expect(found.level).toBe("major");
  });
});

const folderOf = (objects: Map<string, Uint8Array>, version: string): ReleaseFolder => ({
  bytes: async (name) => objects.get(`small/${version}/${name}`),
  async *read(name) {
    yield objects.get(`small/${version}/${name}`) as Uint8Array;
  },
});

async function filesIn(workspace: Workspace, names: string[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const name of names.sort()) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of workspace.read(name)) chunks.push(chunk);
    files.set(name, Buffer.concat(chunks).toString("utf8"));
  }
  return files;
}

describe("lines of records", () => {
  const read = async (chunks: Iterable<Uint8Array>): Promise<string[]> => {
    const found: string[] = [];
    const given = async function* () {
      yield* chunks;
    };
    for await (const line of recordLines(given())) found.push(line);
    return found;
  };

  it("are the same wherever their bytes are cut", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.string({ minLength: 1, unit: fc.constantFrom("a", "é", "🌊") })), fc.nat(9), async (all, size) => {
        const bytes = Buffer.from(all.map((line) => `${line}\n`).join(""));
        const chunks = Array.from({ length: Math.ceil(bytes.length / (size + 1)) }, (_, i) =>
          bytes.subarray(i * (size + 1)).subarray(0, size + 1),
        );
        expect(await read(chunks)).toEqual(all);
        expect(await read([...chunks, Buffer.from("the last")])).toEqual([...all, "the last"]);
      }),
    ));

  it("are split and joined once, even one line of many chunks", async () => {
    const chunks = Array.from({ length: 200 }, () => Buffer.alloc(4096, "x"));
    const [split, join] = [vi.spyOn(String.prototype, "split"), vi.spyOn(Array.prototype, "join")];
    try {
      expect((await read(chunks)).map(({ length }) => length)).toEqual([200 * 4096]);
      const splitLength = split.mock.contexts.reduce<number>((sum, text) => sum + String(text).length, 0);
      const joinedLength = join.mock.results.reduce<number>((sum, { value }) => sum + String(value).length, 0);
      expect([splitLength, joinedLength]).toEqual([200 * 4096, 200 * 4096]);
    } finally {
      split.mockRestore();
      join.mockRestore();
    }
  });
});

/** Pairs of releases: more of them in the suite "fuzz" (vitest.config.ts). */
const RUNS = Number(process.env["FACTPRESS_APPLIED"] ?? 25);

describe("changes.json", () => {
  const text = fc.string({ maxLength: 6, unit: "grapheme" });
  const river = fc.record({ id: fc.constantFrom(..."abcdefghij"), label: fc.string({ minLength: 1, maxLength: 4, unit: "grapheme" }) });
  const level = fc.record(
    {
      river: fc.constantFrom(..."abcdefghij"),
      gauge: fc.integer({ min: 0, max: 3 }),
      metres: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((n) => Number(n.toFixed(3)) + 0),
      state: fc.constantFrom("low", "high"),
      seen: fc.array(text, { maxLength: 3 }),
      note: text,
    },
    { requiredKeys: ["river", "gauge", "metres"] },
  );
  const shuffledNames = (value: object, seed: number): object => {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map((_, i) => entries[(i + seed) % entries.length] as [string, unknown]));
  };
  const state = fc
    .record({
      rivers: fc.uniqueArray(river, { selector: ({ id }) => id, maxLength: 10 }),
      levels: fc.uniqueArray(level, { selector: ({ river, gauge }) => `${river} ${gauge}`, maxLength: 14 }),
      title: fc.constantFrom("Small", "Other"),
      keywords: fc.option(
        fc.array(
          text.filter((t) => t.length > 0),
          { minLength: 1, maxLength: 2 },
        ),
        { nil: undefined },
      ),
      license: fc.option(fc.constantFrom("Mine.\n", "Yours.\n"), { nil: undefined }),
      wide: fc.boolean(),
      seed: fc.nat(5),
    })
    .map(({ rivers, levels, title, keywords, license, wide, seed }): Files => {
      const schema = small(wide ? { [`${PROPERTIES}/more`]: { type: "string" } } : {})["schema.json"];
      const ids = new Set(rivers.map(({ id }) => id));
      return {
        "dataset.json": {
          name: "small",
          title,
          description: "d",
          licenses: [{ name: "CC0-1.0" }],
          ...(keywords ? { keywords } : {}),
          release: { version: "1.0.0" },
        },
        "schema.json": schema,
        "rivers.json": rivers,
        "levels.json": levels.filter(({ river }) => ids.has(river)).map((value) => shuffledNames(value, seed)),
        ...(license ? { LICENSE: license } : {}),
      };
    });

  const validate = new Ajv2020({ strict: false }).compile(
    JSON.parse(readFileSync(join(ROOT, "lib/release/changes.schema.json"), "utf8")) as object,
  );

  it("applied to the old release gives the new one, byte for byte", async () => {
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(state, state, async (old, now) => {
        const w = world();
        const commits = [old, now].map((files, i) => ({
          commit: { id: String(i).padStart(40, "0"), date: `2024-01-0${i + 1}T00:00:00Z`, tree: JSON.stringify(files) },
          source: sourceOf({ ...files, "dataset.json": { ...(files["dataset.json"] as object), release: { version: `${i + 1}.0.0` } } }),
        }));
        const { released } = await publishDataset({
          ...publishing({
            history: {
              after: async (since) => ({
                position: "on",
                base: null,
                commits: commits.map(({ commit }) => commit).slice(since === null ? 0 : Number(since) + 1),
                tip: commits.at(-1)?.commit ?? null,
              }),
              position: async () => "on",
              isTipWithin: async () => false,
              at: ({ id }) => (commits[Number(id)] as (typeof commits)[number]).source,
            },
            ...w,
          }),
          dataset: "small",
        });
        if (released.length < 2) return;
        const changes = w.objects.get("small/2.0.0/changes.json") as Uint8Array;
        expect(validate(JSON.parse(Buffer.from(changes).toString("utf8"))), JSON.stringify(validate.errors)).toBe(true);
        const workspace = memoryWorkspace();
        const { artifacts } = await applyChanges(folderOf(w.objects, "1.0.0"), changes, RUNTIME, workspace);
        const wanted = new Map(
          [...w.objects]
            .filter(([key]) => key.startsWith("small/2.0.0/"))
            .map(([key, bytes]) => [key.slice(12), Buffer.from(bytes).toString("utf8")] as const)
            .sort(([x], [y]) => (x < y ? -1 : 1)),
        );
        expect(
          await filesIn(
            workspace,
            artifacts.map(({ name }) => name),
          ),
        ).toEqual(wanted);
        applied += 1;
      }),
      { numRuns: RUNS },
    );
    expect(applied).toBeGreaterThan((RUNS * 2) / 3);
  });
});

describe("factpress diff", () => {
  it("compares versions, latest, commits, folders and the working folder, in three formats", async () => {
    const { folder, commit } = await repository();
    const at = join(folder, "data/small");
    await write(at, smallDataset("1.0.0"));
    const first = await commit("1", "2024-01-01T00:00:00Z");
    await write(at, {
      "levels.json": [
        { river: "rhine", gauge: 1, metres: 2.75, day: "2020-12", state: "low", seen: ["Ann"], note: "=1+1" },
        { river: "elbe", gauge: 1, metres: 3 },
        { river: "elbe", gauge: 2, metres: 1 },
      ],
    });
    await commit("2", "2024-01-02T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    const asText = (await factpress(folder, "diff", "1.0.0", "latest", "--store", "store")).out;
    expect(asText).toContain("1.0.0 → latest  minor: 1 level added, 1 corrected");
    expect(asText).toContain("metres: 2.5 → 2.75");
    expect(asText).toContain("Rhine");
    expect((await factpress(folder, "diff", first, "--format", "markdown")).out).toContain('- added `["elbe",2]` Elbe');
    expect((await factpress(folder, "diff", "store/small/1.0.0", "data/small")).out).toContain("minor: 1 level added, 1 corrected");
    const json = JSON.parse((await factpress(folder, "diff", "1.0.0", "1.1.0", "--store", "store", "--format", "json")).out) as object;
    const published = JSON.parse(readFileSync(join(folder, "store/small/1.1.0/changes.json"), "utf8")) as object;
    expect(json).toEqual({ ...published, commit: null, date: null });
    expect((await factpress(folder, "diff")).out).toContain("nothing a reader gets has changed");
    const wrong = await factpress(folder, "diff", "nowhere");
    expect([wrong.code, wrong.out]).toEqual([2, expect.stringContaining("neither a version")]);
  });
});

describe("factpress apply", () => {
  it("builds the next release of a mirror, and leaves nothing on failure", async () => {
    const { folder, commit } = await repository();
    const at = join(folder, "data/small");
    await write(at, smallDataset("1.0.0"));
    await commit("1", "2024-01-01T00:00:00Z");
    await write(at, {
      "rivers.json": [
        { id: "elbe", label: "Labe" },
        { id: "rhine", label: "Rhine" },
      ],
    });
    await commit("2", "2024-01-02T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    const changes = "store/small/1.0.1/changes.json";
    expect((await factpress(folder, "apply", "store/small/1.0.0", changes, "--out", "new")).code).toBe(0);
    for (const name of ["SHA256SUMS", "CHANGES.md", "levels.csv"])
      expect(readFileSync(join(folder, "new", name), "utf8")).toBe(readFileSync(join(folder, "store/small/1.0.1", name), "utf8"));
    const wrong = await factpress(folder, "apply", "store/small/1.0.1", changes, "--out", "other");
    expect([wrong.code, wrong.out]).toEqual([1, "These changes go from 1.0.0 to 1.0.1, but the old release is 1.0.1.\n"]);
    const hash = await factpress(folder, "apply", "store/small/1.0.0", changes, "--out", "other", "--manifest", "00");
    expect([hash.code, hash.out]).toEqual([1, expect.stringContaining("Nothing was written")]);
  });
});
