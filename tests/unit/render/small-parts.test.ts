import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import type { Dataset } from "../../../lib/dataset/dataset.ts";
import type { ReleaseFolder } from "../../../lib/ports/ports.ts";
import { correctedTable } from "../../../lib/render/corrected-table.ts";
import { groupStatements } from "../../../lib/render/group-statements.ts";
import { keysWithPages } from "../../../lib/render/keys-with-pages.ts";
import { isLinesKey, linesKey } from "../../../lib/render/lines-key.ts";
import { pageFiles } from "../../../lib/render/page-files.ts";
import { parseStoredJson } from "../../../lib/render/parse-stored-json.ts";
import { propertyOrder } from "../../../lib/render/property-order.ts";
import { putAssets } from "../../../lib/render/put-assets.ts";
import { readTable } from "../../../lib/render/read-table.ts";
import { readReleasePackage } from "../../../lib/render/release-package.ts";
import { replaceStored } from "../../../lib/render/replace-stored.ts";
import { shownChanges } from "../../../lib/render/shown-changes.ts";
import { pictureFiles, withPicture } from "../../../lib/render/with-picture.ts";
import { planTable, type Schema, type TablePlan } from "../../../lib/schema/table-plan.ts";
import { ASSETS } from "../../../lib/site/assets.ts";
import type { Row } from "../../../lib/site/explorer/explorer-model.ts";

const text: Schema = { type: "string" };
const planOf = (properties: Record<string, Schema>, more: object = {}): TablePlan =>
  planTable("t", {
    type: "object",
    properties: { t: { type: "array", primaryKey: ["id"], ...more, items: { type: "object", properties: { id: text, ...properties } } } },
  });
const folderOf = (files: Record<string, string>): ReleaseFolder => ({
  bytes: async (name) => (files[name] === undefined ? undefined : Buffer.from(files[name])),
  async *read(name) {
    yield Buffer.from(files[name] ?? "");
  },
});

describe("stored JSON", () => {
  it("is its value, or undefined if it is damaged", () => {
    expect([parseStoredJson('{"a":1}'), parseStoredJson(Buffer.from("[1]")), parseStoredJson("{"), parseStoredJson("")]).toEqual([
      { a: 1 },
      [1],
      undefined,
      undefined,
    ]);
  });

  it("is written only if it differs", async () => {
    const objects = new Map<string, Uint8Array>([["a", Buffer.from("x")]]);
    const store = memoryStore(objects);
    const stored = await store.get("a");
    expect(await replaceStored(store, "a", Buffer.from("x"), stored)).toBe(stored?.etag);
    expect(await replaceStored(store, "a", Buffer.from("y"), stored)).toEqual(expect.any(String));
    expect(Buffer.from(objects.get("a") ?? "").toString()).toBe("y");
    // Another publisher was first.
    expect(await replaceStored(store, "a", Buffer.from("z"), stored)).toBeUndefined();
    expect(await replaceStored(store, "b", Buffer.from("z"), undefined)).toEqual(expect.any(String));
  });
});

describe("keys", () => {
  it("of record lines are recognized", () => {
    expect(linesKey("d", "1.0.0")).toBe("pages/d/explorer/1.0.0.lines.json");
    expect(isLinesKey("pages/d/explorer/1.0.0.lines.json")).toBe(true);
    const others = [
      "x/pages/d/explorer/1.0.0.lines.json",
      "pages/d/e/explorer/1.0.0.lines.json",
      "pages/d/explorer/x.lines.json",
      "pages/d/explorer/1.0.0.lines.json.gz",
      "pages/d/explorer/.lines.json",
      "pages/d/explorer/1.0.0xlines.json",
    ];
    expect(others.filter(isLinesKey)).toEqual([]);
  });

  it("have pages if they can be folder names, up to a maximum", () => {
    expect([...keysWithPages(["a", "A", "b:c", "b-c", "", "x".repeat(300), "d"], 10)]).toEqual(["a", "b:c", "d"]);
    expect([...keysWithPages(["a", "b", "c"], 2)]).toEqual(["a", "b"]);
    expect([...keysWithPages(["a"], 0)]).toEqual([]);
  });
});

describe("putAssets", () => {
  it("writes those that the store lacks", async () => {
    const objects = new Map<string, Uint8Array>();
    const store = memoryStore(objects);
    await putAssets(store);
    expect([...objects.keys()].sort()).toEqual(ASSETS.map(({ name }) => `assets/${name}`).sort());
    const put: string[] = [];
    const [first] = objects.keys();
    objects.delete(first as string);
    await putAssets({
      ...store,
      putIfAbsent: async (key) => {
        put.push(key);
        return "written";
      },
    });
    expect(put).toEqual([first]);
  });
});

describe("readReleasePackage", () => {
  const about = { name: "d", title: "D", description: "d", licenses: [], resources: [] };
  it("returns the package with its bytes", async () => {
    const found = await readReleasePackage(folderOf({ "datapackage.json": JSON.stringify(about) }));
    expect([found.name, Buffer.from(found.fileBytes).toString()]).toEqual(["d", JSON.stringify(about)]);
    await expect(readReleasePackage(folderOf({}))).rejects.toThrow("datapackage.json of a release is missing");
    await expect(readReleasePackage(folderOf({ "datapackage.json": "{" }))).rejects.toThrow(/^datapackage\.json of a release is damaged/);
  });
});

describe("pageFiles", () => {
  it("lists the files of the package, the package, and the manifest", async () => {
    const resources = [
      { path: "t.csv", title: "T", bytes: 3, hash: "sha256:aa", schema: { fields: [{ name: "id", type: "string", more: 1 }] } },
      { path: "LICENSE", bytes: 4, hash: "sha256:bb" },
    ];
    const files = await pageFiles(folderOf({ SHA256SUMS: "x" }), { resources, fileBytes: Buffer.from("{}") }, []);
    expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ["t.csv", 3],
      ["LICENSE", 4],
      ["datapackage.json", 2],
      ["SHA256SUMS", 1],
    ]);
    expect(files[0]).toStrictEqual({ name: "t.csv", title: "T", bytes: 3, sha256: "aa", fields: [{ name: "id", type: "string" }] });
    expect(files[1]).toStrictEqual({ name: "LICENSE", title: "The licence", bytes: 4, sha256: "bb" });
    // Of `printf x | sha256sum`.
    expect(files[3]?.sha256).toBe("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
    expect((await pageFiles(folderOf({}), { resources: [], fileBytes: Buffer.from("") }, [])).at(-1)?.bytes).toBe(0);
  });
});

describe("shownChanges", () => {
  const changes = { from: "1.0.0", to: "1.1.0", level: "minor", schema: [], tables: { t: { counts: {}, added: [{ id: "a" }] } } };
  const entry = (version: string) => ({ version, date: null, commit: null, level: "minor" as const, manifest: "" });
  const catalogue = { dataset: "d", releases: [entry("1.1.0"), entry("1.0.0")], withdrawn: [], removed: [] };
  const shown = (more: object = {}, bytes = 10, stored: object = changes) =>
    shownChanges({
      ...{ folder: folderOf({ "changes.json": JSON.stringify(stored) }), version: "1.1.0", catalogue, plans: [planOf({})] },
      files: [{ name: "changes.json", title: "", bytes, sha256: "" }],
      ...more,
    } as Parameters<typeof shownChanges>[0]);

  it("are those since the release before", async () => {
    expect(await shown()).toMatchObject({ from: "1.0.0", to: "1.1.0", records: [{ table: "t", key: "a", kind: "added" }] });
    expect(await shown({}, 2_000_000)).toBeDefined();
  });

  it("are not shown if they are too many, missing, or quote a removed release", async () => {
    const event = { version: "1.0.0", reason: "x", commit: null, date: null };
    expect(await shown({}, 2_000_001)).toBeUndefined();
    expect(await shown({ files: [] })).toBeUndefined();
    expect(await shown({ folder: folderOf({}) })).toBeUndefined();
    expect(await shown({ catalogue: { ...catalogue, removed: [event] } })).toBeUndefined();
    expect(await shown({ catalogue: { ...catalogue, removed: [{ ...event, version: "0.9.0" }] } })).toBeDefined();
  });
});

describe("readTable", () => {
  const lines = (...records: object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join("");
  it("reads records, labels and counts of cells", async () => {
    const plan = planOf({ label: text, note: text, gone: text });
    const files = folderOf({ "t.ndjson": lines({ id: "a", label: "A", note: "" }, { id: "b", label: "B", note: "x" }, { id: "c" }) });
    const table = await readTable(files, plan, true);
    expect(table.records.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect([...table.labels]).toEqual([
      ["a", "A"],
      ["b", "B"],
    ]);
    expect([table.count, [...table.filled], [...(table.emptyTexts ?? [])]]).toEqual([
      3,
      [
        ["id", 3],
        ["label", 2],
        ["note", expect.any(Number)],
      ],
      ["note"],
    ]);
    expect((await readTable(files, plan, false)).labels.size).toBe(0);
  });

  it("reads nothing of an empty table", async () => {
    expect(await readTable(folderOf({ "t.ndjson": "" }), planOf({}), true)).toMatchObject({ count: 0, records: [] });
  });
});

describe("statements of a subject", () => {
  const statements = (board?: object): TablePlan =>
    planOf(
      {
        s: { ...text, role: "subject", references: "parties" },
        p: { ...text, role: "property", references: "properties" },
        v: { ...text, role: "value" },
      },
      board ? { board } : {},
    );
  const others = new Map([
    [
      "properties",
      {
        plan: planOf({}),
        records: new Map([
          ["status", {}],
          ["joined", {}],
          ["left", {}],
        ]),
      },
    ],
  ]);
  const labels = new Map([["properties", new Map([["joined", "Joined on"]])]]);
  const row = (id: string, more: Partial<Row> = {}): Row => ({ id, cells: [], in: [], ...more });

  it("are in the order of the board, then of the table of properties", () => {
    const plan = { ...statements(), board: { title: "B", property: "left", columns: ["joined"] } } as TablePlan;
    expect(propertyOrder({ plan, others })).toEqual(["left", "joined", "status", "joined", "left"]);
    expect(propertyOrder({ plan: statements(), others })).toEqual(["status", "joined", "left"]);
    expect(propertyOrder({ plan: statements(), others: new Map() })).toEqual([]);
  });

  it("are grouped by property, preferred ones first", () => {
    const plan = { ...statements(), board: { title: "B", property: "left" } } as TablePlan;
    const groups = groupStatements({ plan, labels, others } as never, [
      { property: "other", row: row("1") },
      { property: "joined", row: row("2", { isDeprecated: true }) },
      { property: "joined", row: row("3") },
      { property: "joined", row: row("4", { isPreferred: true }) },
      { property: "left", row: row("5") },
    ]);
    expect(groups.map(({ title, isAnswer, rows }) => [title, isAnswer, rows.map(({ id }) => id)])).toEqual([
      ["left", true, ["5"]],
      ["Joined on", undefined, ["4", "3", "2"]],
      ["other", undefined, ["1"]],
    ]);
  });

  it("are the table with correction links, or else the first table", () => {
    const [plain, facts] = [planOf({}), { ...statements(), name: "facts" }];
    const dataset = (plans: TablePlan[], views: object[] = []) => ({ plans, files: new Map(), schema: {}, views }) as unknown as Dataset;
    expect(correctedTable(dataset([plain, facts]))).toBe(facts);
    expect(correctedTable(dataset([plain]))).toBe(plain);
    expect(correctedTable(dataset([]))).toBeUndefined();
  });
});

describe("withPicture", () => {
  const page = { path: "/d/", env: { site: "https://data.example.org" } } as never as { path: string; env: never };
  const words = { dataset: "d", heading: "h", sentences: ["s"], note: "n" } as never;
  it("adds an address that changes with the picture", () => {
    const { picture } = withPicture(page, words) as { picture?: { path: string; query: string } };
    expect(picture).toMatchObject({ path: "/d/card.png", query: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(withPicture(page, { ...(words as object), note: "m" } as never)).not.toMatchObject({ picture: { query: picture?.query } });
    const [[key, drawn] = []] = pictureFiles({ picture: picture as never });
    expect([key, drawn?.input]).toEqual(["pages/d/card.png", JSON.stringify(words)]);
  });

  it("adds nothing without a text, or without an address of the site", () => {
    expect(withPicture(page, undefined)).toBe(page);
    const local = { ...page, env: {} as never };
    expect(withPicture(local, words)).toBe(local);
    expect(pictureFiles({})).toEqual([]);
  });
});
