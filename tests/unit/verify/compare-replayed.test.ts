import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { FIRST_FORMATS } from "../../../lib/contract/first-formats.ts";
import { FIRST_LAYOUT } from "../../../lib/contract/layout.ts";
import { type CatalogueEntry, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { manifestText } from "../../../lib/release/manifest-text.ts";
import { recordLinesObjectKey } from "../../../lib/render/record-lines-object-key.ts";
import { compareReplayed } from "../../../lib/verify/compare-replayed.ts";
import type { ReplayStore } from "../../../lib/verify/replay-store.ts";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const entry: CatalogueEntry = { version: "1.1.0", date: "2026-01-02T00:00:00Z", commit: "c", level: "minor", manifest: "m" };
const first: CatalogueEntry = { ...entry, version: "1.0.0", commit: "b", level: "first" };
const lines = recordLinesObjectKey("d", "1.1.0");

interface Replay {
  added?: CatalogueEntry[];
  put?: Record<string, string>;
  written?: Record<string, string>;
}
const replayed = ({ added = [entry], put = {}, written = {} }: Replay): ReplayStore =>
  ({
    catalogue: () => ({ ...emptyCatalogue("d"), releases: [...added, first] }),
    put: new Map(Object.entries(put).map(([name, text]) => [name, { sha256: hash(text), bytes: text.length }])),
    written: new Map(Object.entries(written).map(([key, text]) => [key, Buffer.from(text)])),
  }) as unknown as ReplayStore;
const compared = async (listed: CatalogueEntry, replay: Replay, stored: Record<string, string> = {}): Promise<string | undefined> => {
  const store = memoryStore(new Map(Object.entries(stored).map(([key, text]) => [key, Buffer.from(text)])));
  return (await compareReplayed(store, listed, replayed(replay), 1))?.message;
};

describe("compareReplayed", () => {
  it("finds no difference from the same entry, even if it relies on defaults", async () => {
    expect(await compared(entry, {})).toBeUndefined();
    expect(await compared(entry, { added: [{ ...entry, layout: FIRST_LAYOUT, formats: FIRST_FORMATS }] })).toBeUndefined();
  });

  it.each<[string, Partial<CatalogueEntry>, Partial<CatalogueEntry>, string]>([
    ["version", {}, { version: "2.0.0" }, "lists version of 1.1.0 as 1.1.0, but the rebuild from git has 2.0.0"],
    ["date", {}, { date: null }, "lists date of 1.1.0 as 2026-01-02T00:00:00Z, but the rebuild from git has none"],
    ["level", { level: "patch" }, {}, "lists level of 1.1.0 as patch, but the rebuild from git has minor"],
    ["base", { comparedWith: "0.1.0" }, {}, "lists comparedWith of 1.1.0 as 0.1.0, but the rebuild from git has none"],
    ["base in git", {}, { comparedWith: "0.1.0" }, "lists comparedWith of 1.1.0 as not set, but the rebuild from git has 0.1.0"],
    ["break", { break: true }, {}, "lists break of 1.1.0 as true, but the rebuild from git has none"],
    ["change of types", {}, { retyped: true }, "lists retyped of 1.1.0 as not set, but the rebuild from git has true"],
    ["layout", { layout: 7 }, {}, `lists layout of 1.1.0 as 7, but the rebuild from git has ${FIRST_LAYOUT}`],
    [
      "list of formats",
      { formats: ["csv", "json"] },
      {},
      `lists formats of 1.1.0 as csv, json, but the rebuild from git has ${FIRST_FORMATS.join(", ")}`,
    ],
  ])("names another %s", async (_what, listed, own, message) => {
    expect(await compared({ ...entry, ...listed }, { added: [{ ...entry, ...own }] })).toBe(`d/releases.json ${message}`);
  });

  it("names a missing release, and one that a rebuild does not make", async () => {
    const between = { ...entry, commit: "x" };
    expect(await compared(entry, { added: [entry, between] })).toBe(
      "d/releases.json lacks a release of commit x, which the rebuild from git has before 1.1.0",
    );
    expect(await compared(entry, { added: [] })).toBe(
      "d/releases.json lists 1.1.0, but the rebuild from git makes no release of its commit c",
    );
  });

  describe("of a release with another manifest", () => {
    const changed = { ...entry, manifest: "n" };
    const sums = (files: Record<string, string>): string =>
      manifestText(Object.entries(files).map(([name, text]) => ({ name, sha256: hash(text) })));
    const put = { "d/1.1.0/a.csv": "a", "d/1.1.0/b.csv": "b", "d/1.1.0/SHA256SUMS": "own" };

    it.each<[string, Record<string, string>, string]>([
      ["the first file that differs", { "a.csv": "a", "b.csv": "x" }, "b.csv"],
      ["the first of two", { "a.csv": "y", "b.csv": "x" }, "a.csv"],
      ["a file that only the rebuild has", { "a.csv": "a" }, "b.csv"],
      ["a file that a rebuild does not have", { "a.csv": "a", "b.csv": "b", "c.csv": "c" }, "c.csv"],
      ["the manifest if no file differs", { "a.csv": "a", "b.csv": "b" }, "SHA256SUMS"],
    ])("names %s", async (_what, files, name) => {
      const message = await compared(changed, { put }, { "d/1.1.0/SHA256SUMS": sums(files) });
      expect(message).toBe(`d/1.1.0/${name} differs from a rebuild of its commit`);
    });

    it("names the manifest if it is missing or damaged", async () => {
      for (const stored of [{}, { "d/1.1.0/SHA256SUMS": "x" }] as Record<string, string>[])
        expect(await compared(changed, { put }, stored)).toBe("d/1.1.0/SHA256SUMS differs from a rebuild of its commit");
    });
  });

  it("compares the list of record lines, unless it is missing or empty", async () => {
    const written = { [lines]: '{"a":1}\n', "pages/d/index.html": "new" };
    expect(await compared(entry, { written }, { [lines]: '{"a":2}\n' })).toBe(`${lines} differs from a rebuild of its commit`);
    for (const stored of [{}, { [lines]: "{}\n" }, { [lines]: '{"a":1}\n' }, { "pages/d/index.html": "old" }])
      expect(await compared(entry, { written }, stored)).toBeUndefined();
  });
});
