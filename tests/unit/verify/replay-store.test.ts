import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { bodyOf } from "../../../lib/ports/body-of.ts";
import { sha256 } from "../../../lib/ports/sha256.ts";
import { type Catalogue, type CatalogueEntry, catalogueText, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { isCurrentMark } from "../../../lib/render/is-current-mark.ts";
import { parseMark } from "../../../lib/render/parse-mark.ts";
import { siteOf } from "../../../lib/render/site.ts";
import { replayAliases } from "../../../lib/verify/replay-aliases.ts";
import { replayStore } from "../../../lib/verify/replay-store.ts";
import { ReplayedFiles } from "../../../lib/verify/replayed-files.ts";

const entry = (version: string): CatalogueEntry => ({
  ...{ version, date: "2024-01-01T00:00:00Z", commit: "a".repeat(40), level: "first", manifest: "0".repeat(64) },
});
const listing = (...versions: string[]): Catalogue => ({ ...emptyCatalogue("d"), releases: versions.map(entry) });
const real = (objects: Record<string, string>) =>
  memoryStore(new Map(Object.entries(objects).map(([key, text]) => [key, Buffer.from(text)])));
async function text(chunks: AsyncIterable<Uint8Array> | undefined): Promise<string | undefined> {
  if (!chunks) return undefined;
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
}
const body = (content: string) => bodyOf(Buffer.from(content));
const stored = async (
  store: { get(key: string): Promise<{ bytes: Uint8Array } | undefined> },
  key: string,
): Promise<string | undefined> => {
  const found = await store.get(key);
  return found && Buffer.from(found.bytes).toString();
};

describe("replayStore", () => {
  it("reads the catalogue that it starts with, and files of its releases from the real store", async () => {
    const store = replayStore(
      real({ "d/1.0.0/t.csv": "one", "d/1.0.1/t.csv": "two", "pages/site.json": "{}" }),
      listing("1.0.0"),
      [],
      () => false,
    );
    expect(await stored(store, "d/releases.json")).toBe(catalogueText(listing("1.0.0")));
    expect(await stored(store, "d/1.0.0/t.csv")).toBe("one");
    expect(await stored(store, "d/1.0.1/t.csv")).toBeUndefined();
    expect(await stored(store, "pages/site.json")).toBe("{}");
    expect(await stored(store, "pages/d/index.html")).toBeUndefined();
    expect(await text(store.read("d/1.0.0/t.csv"))).toBe("one");
    const listed: unknown[] = [];
    for await (const one of store.list("d/")) listed.push(one);
    expect(listed).toEqual([]);
  });

  it("records writes without making them", async () => {
    const objects = new Map<string, Uint8Array>();
    const store = replayStore(memoryStore(objects), listing(), [], () => false);
    expect(await store.putIfAbsent("d/1.0.0/t.csv", body("one"))).toBe("written");
    expect(await store.putIfAbsent("pages/d/explorer/1.0.0.lines.json", body("{}"))).toBe("written");
    expect(store.put.get("d/1.0.0/t.csv")).toEqual({ sha256: sha256("one"), bytes: 3 });
    const next = Buffer.from(catalogueText(listing("1.0.0")));
    expect(await store.putIfMatch("d/releases.json", next, null)).toBe(sha256(next));
    expect([...store.written.keys()]).toEqual(["d/releases.json", "pages/d/explorer/1.0.0.lines.json"]);
    expect(store.catalogue()).toEqual(listing("1.0.0"));
    expect((await store.get("d/releases.json"))?.etag).toBe(sha256(next));
    expect(objects.size).toBe(0);
  });

  it("returns no manifest of a version that another publisher claimed", async () => {
    const store = replayStore(real({}), listing(), [], (version) => version === "1.0.0");
    expect(await store.putIfAbsent("d/1.0.0/SHA256SUMS", body("x"))).toBe("other");
    expect(store.put.size).toBe(0);
    expect(await store.putIfAbsent("d/1.0.0/t.csv", body("x"))).toBe("written");
    expect(await store.putIfAbsent("d/1.0.1/SHA256SUMS", body("x"))).toBe("written");
  });

  it("prefers kept files to those of the real store", async () => {
    const kept = new ReplayedFiles(memoryWorkspace(), new Set(["1.0.0"]));
    const empty = new ReplayedFiles(memoryWorkspace(), new Set());
    const before = replayStore(real({}), listing(), [empty, kept], () => false);
    await before.putIfAbsent("d/1.0.0/t.csv", body("kept"));
    const store = replayStore(real({ "d/1.0.0/t.csv": "real", "d/1.0.0/u.csv": "real" }), listing("1.0.0"), [empty, kept], () => false);
    expect(await text(store.read("d/1.0.0/t.csv"))).toBe("kept");
    expect(await store.get("d/1.0.0/t.csv")).toEqual({ bytes: Buffer.from("kept"), etag: sha256("kept") });
    expect(await stored(store, "d/1.0.0/u.csv")).toBe("real");
    expect(await text(store.read("d/1.0.0/u.csv"))).toBe("real");
  });
});

describe("ReplayedFiles", () => {
  const versions = new Set(["1.0.0", "1.0.1"]);

  it("keeps the first build of each file of some versions, and no pages", async () => {
    const kept = new ReplayedFiles(memoryWorkspace(), versions);
    for (const content of ["first", "second"]) await kept.keep("d/1.0.0/t.csv", body(content));
    await kept.keep("d/1.0.0/u.csv", body("u"));
    await kept.keep("d/2.0.0/t.csv", body("other"));
    await kept.keep("pages/1.0.0/t.csv", body("page"));
    expect(await text(kept.read("d/1.0.0/t.csv"))).toBe("first");
    expect(await text(kept.read("d/1.0.0/u.csv"))).toBe("u");
    expect(kept.read("d/2.0.0/t.csv")).toBeUndefined();
    expect(kept.read("d/1.0.1/t.csv")).toBeUndefined();
    expect(kept.read("pages/1.0.0/t.csv")).toBeUndefined();
    expect(kept.read("d")).toBeUndefined();
  });

  it("forgets one version, and then keeps another build of it", async () => {
    const kept = new ReplayedFiles(memoryWorkspace(), versions);
    for (const version of versions) await kept.keep(`d/${version}/t.csv`, body(version));
    kept.forget("1.0.0");
    expect(kept.read("d/1.0.0/t.csv")).toBeUndefined();
    expect(await text(kept.read("d/1.0.1/t.csv"))).toBe("1.0.1");
    await kept.keep("d/1.0.0/t.csv", body("again"));
    expect(await text(kept.read("d/1.0.0/t.csv"))).toBe("again");
  });
});

it.each<[string, Record<string, string>]>([
  ["the catalogue", {}],
  [
    "the end of a dataset, too",
    { "pages/site.json": JSON.stringify({ ended: { d: { date: "2024-03-01T10:00:00Z", commit: "0".repeat(40), reason: "over" } } }) },
  ],
])("replayAliases always match %s, so that no pages are rendered", async (_what, objects) => {
  const store = replayStore(real(objects), listing("1.0.0"), [], () => false);
  const aliases = replayAliases(store);
  const mark = parseMark(await aliases.get("d/mark"));
  expect(mark && isCurrentMark(mark, store.catalogue(), await siteOf(store))).toBe(true);
  expect(mark?.states).toEqual([{ releases: 1, withdrawn: 0, removed: 0 }]);
  expect([await aliases.etag(), await aliases.update(new Map(), "")]).toEqual(["replay", "replay"]);
  for await (const key of aliases.list("d/")) throw new Error(`There is an alias ${key}`);
});
