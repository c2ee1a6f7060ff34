import { beforeEach, describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import type { ReleaseSide } from "../../../lib/build/release-side.ts";
import { MissingCommitError } from "../../../lib/ports/missing-commit-error.ts";
import type { History } from "../../../lib/ports/ports.ts";
import { publishedSide } from "../../../lib/publish/published-side.ts";
import { UndecidedError } from "../../../lib/publish/undecided-error.ts";
import { Branch, catalogueOf, publish, publishing, type World, world } from "../../protocol/world.ts";

let w: World;
let history: Branch;
beforeEach(async () => {
  w = world();
  history = new Branch().push({ records: { a: "1" } });
  await publish({ history, ...w });
});

const REMOVED = [{ version: "1.0.0", reason: "court", commit: null, date: null }];
function open(removed = REMOVED, from: History = history): Promise<ReleaseSide> {
  const catalogue = { ...catalogueOf(w), removed };
  const [entry] = catalogue.releases;
  return publishedSide(publishing({ history: from, ...w }))(entry as NonNullable<typeof entry>, catalogue, memoryWorkspace());
}
/** Titles, columns, the start of the licence and the records of a release. */
async function partsOf(side: ReleaseSide): Promise<unknown[]> {
  const { package: found, schema } = side.shape;
  const chunks: Uint8Array[] = [];
  for await (const chunk of side.read("t")) chunks.push(chunk);
  return [found["title"], Object.keys(schema.properties ?? {}), side.license.slice(0, 3), Buffer.concat(chunks).toString("utf8")];
}

const RECORD = '{"id":"a","value":"1"}\n';
/** A history in which the files of a commit cannot be read. */
const failing = (error: Error): History =>
  Object.assign(history.clone(), {
    at: () => ({
      list: () => Promise.reject(error),
      read: () => {
        throw error;
      },
    }),
  });

describe("a listed release", () => {
  it("is opened in the store, without its commit", async () => {
    expect(await partsOf(await open([], failing(new Error("git is not needed"))))).toEqual(["D", ["t"], "CC0", RECORD]);
  });

  it("that was removed has its metadata from the store, and the rest from its commit", async () => {
    w.objects.delete("d/1.0.0/t.ndjson");
    w.objects.delete("d/1.0.0/schema.json");
    const text = Buffer.from(w.objects.get("d/1.0.0/datapackage.json") as Uint8Array).toString();
    w.objects.set("d/1.0.0/datapackage.json", Buffer.from(text.replace('"title": "D"', '"title": "As stored"')));
    expect(await partsOf(await open())).toEqual(["As stored", ["t"], "CC0", RECORD]);
  });

  it("that was removed has no records, tables or licence if its commit is missing too", async () => {
    expect(await partsOf(await open(REMOVED, failing(new MissingCommitError("gone"))))).toEqual(["D", [], "", ""]);
  });

  it("that was removed does not count as empty if its commit cannot be read", async () => {
    await expect(open(REMOVED, failing(new Error("no network")))).rejects.toThrow(/^no network$/);
    await expect(open(REMOVED, failing(new TypeError("x is undefined")))).rejects.toThrow(UndecidedError);
  });

  it("that was removed is damaged without its datapackage.json", async () => {
    w.objects.delete("d/1.0.0/datapackage.json");
    await expect(open()).rejects.toThrow("d/1.0.0/datapackage.json is missing in the store");
  });
});
