import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { applyChanges } from "../../../lib/build/apply-changes.ts";
import { FIRST_FORMATS } from "../../../lib/contract/first-formats.ts";
import type { IcebergTables } from "../../../lib/formats/iceberg-columns.ts";
import { storedRelease } from "../../../lib/ports/stored-release.ts";
import { removeRelease } from "../../../lib/publish/remove-release.ts";
import { restoreReleases } from "../../../lib/verify/restore-releases.ts";
import { Branch, type Made, publish, versions, type World, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const TEXT = { type: "string" };
const runtime = { ...RUNTIME, now: () => new Date("2025-01-01T00:00:00Z"), generator: "1" };
const withdrawn = [{ version: "1.1.0", reason: "wrong" }];

/** A commit whose table has these columns in addition to its key. */
const having = (...names: string[]): Made => ({
  records: { a: "" },
  columns: Object.fromEntries(names.map((name) => [name, TEXT])),
  formats: ["csv", "ndjson", "parquet"],
});

const packageOf = ({ objects }: World, version: string): { iceberg?: IcebergTables } =>
  JSON.parse(Buffer.from(objects.get(`d/${version}/datapackage.json`) ?? []).toString("utf8")) as { iceberg?: IcebergTables };

/** The ids in the newest release. */
const newestIds = (w: World, table = "t"): Record<string, number> =>
  Object.fromEntries(packageOf(w, versions(w)[0] as string).iceberg?.[table]?.fields.map(({ name, id }) => [name, id]) ?? []);

/** Publishes commits one by one, and again in one run, which must result in the same store. */
async function published(...made: Made[]): Promise<{ w: World; history: Branch }> {
  const [w, together, history] = [world(), world(), new Branch()];
  for (const one of made) await publish({ history: history.push(one), ...w });
  await publish({ history, ...together });
  expect(together.objects.get("d/releases.json")).toEqual(w.objects.get("d/releases.json"));
  return { w, history };
}

/** The same releases, rebuilt only from git and the catalogue. */
async function restored({ objects }: World, history: Branch): Promise<World> {
  const left = world();
  left.objects.set("d/releases.json", objects.get("d/releases.json") ?? new Uint8Array());
  await restoreReleases({ dataset: "d", store: left.store }, { history, runtime });
  return left;
}

describe("ids of columns across releases", () => {
  it("are kept by name from the previous release, and new for columns that return", async () => {
    const { w, history } = await published(
      having("a", "b"),
      { ...having("a"), version: "2.0.0" },
      { ...having("c", "b", "a"), version: "2.0.0" },
    );
    expect(newestIds(w)).toEqual({ id: 1, c: 4, b: 5, a: 2 });
    expect(packageOf(await restored(w, history), "2.1.0")).toEqual(packageOf(w, "2.1.0"));
  });

  it("are new for a renamed table, and are never reused", async () => {
    const renamed: Made = { ...having("a"), table: "u", version: "2.0.0" };
    const { w } = await published(having("a"), renamed, { ...having("a"), version: "3.0.0" });
    expect(newestIds(w)).toEqual({ id: 3, a: 4 });
    expect(newestIds(w, "u")).toEqual({});
  });

  it("continue from a withdrawn release, although it is not the base of the next; apply builds the same files", async () => {
    const { w, history } = await published(having("a"), having("a", "b"), { ...having("a", "c"), withdrawn });
    expect(versions(w)).toEqual(["1.2.0", "1.1.0", "1.0.0"]);
    expect(newestIds(w)).toEqual({ id: 1, a: 2, c: 4 });
    const changes = w.objects.get("d/1.2.0/changes.json") as Uint8Array;
    const workspace = memoryWorkspace();
    const { artifacts } = await applyChanges(storedRelease(w.store, "d/1.0.0"), changes, { ...RUNTIME, generator: "1" }, workspace);
    for (const { name, bytes } of artifacts) expect([name, bytes]).toEqual([name, w.objects.get(`d/1.2.0/${name}`)?.length]);
    const manifest = artifacts.find(({ name }) => name === "SHA256SUMS")?.sha256;
    expect(manifest).toBe(
      (JSON.parse(Buffer.from(w.objects.get("d/releases.json") ?? []).toString()) as { releases: { manifest: string }[] }).releases[0]
        ?.manifest,
    );
    expect(packageOf(await restored(w, history), "1.2.0")).toEqual(packageOf(w, "1.2.0"));
  });

  it("continue from a removed release", async () => {
    const { w, history } = await published(having("a"), having("a", "b"), {
      ...having("a"),
      records: { a: "", z: "" },
      withdrawn,
      removed: withdrawn,
    });
    await removeRelease(w.store, w.aliases, "d", "1.1.0");
    await publish({ history: history.push({ ...having("a", "c"), records: { a: "", z: "" }, withdrawn, removed: withdrawn }), ...w });
    expect(newestIds(w)).toEqual({ id: 1, a: 2, c: 4 });
  });

  it("continue after a rewritten history: two branches never share an id", async () => {
    const { w, history } = await published(having("a"), having("a", "b"));
    const lost = history.tip as string;
    history.reset(history.parentOf(lost)).push({ ...having("a", "c"), rewritten: lost, version: "2.0.0" });
    await publish({ history, ...w });
    expect(versions(w)[0]).toBe("2.0.0");
    expect(newestIds(w)).toEqual({ id: 1, a: 2, c: 4 });
  });

  it("are absent from releases without Parquet files, whose bytes are unchanged", async () => {
    const history = new Branch().push({ ...having("a"), formats: FIRST_FORMATS });
    const w = world();
    await publish({ history, ...w });
    await publish({ history: history.push({ ...having("a", "b"), formats: FIRST_FORMATS }), ...w });
    expect(packageOf(w, "1.0.0")).not.toHaveProperty("iceberg");
    expect(packageOf(w, "1.1.0")).not.toHaveProperty("iceberg");
    expect(packageOf(await restored(w, history), "1.1.0")).toEqual(packageOf(w, "1.1.0"));
  });
});
