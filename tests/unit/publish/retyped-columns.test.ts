import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { applyChanges } from "../../../lib/build/apply-changes.ts";
import { FIRST_LAYOUT, LAYOUT } from "../../../lib/contract/layout.ts";
import type { IcebergTables } from "../../../lib/formats/iceberg-columns.ts";
import { storedRelease } from "../../../lib/ports/stored-release.ts";
import { publishDataset } from "../../../lib/publish/publish-dataset.ts";
import { removeRelease } from "../../../lib/publish/remove-release.ts";
import type { CatalogueEntry } from "../../../lib/release/catalogue.ts";
import { nothingVerified } from "../../../lib/verify/nothing-verified.ts";
import { restoreReleases } from "../../../lib/verify/restore-releases.ts";
import { verifyRebuilt } from "../../../lib/verify/verify-rebuilt.ts";
import { Branch, catalogueOf, type Made, publish, publishing, type World, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const runtime = { ...RUNTIME, now: () => new Date("2025-01-01T00:00:00Z"), generator: "1" };
const TEXT = { type: "string" };
const MIXED = { type: ["string", "integer"] };
const FORMATS = ["csv", "ndjson", "parquet", "sqlite"];

const having = (a: object, more: Partial<Made> = {}): Made => ({ records: { x: "" }, columns: { a, b: TEXT }, formats: FORMATS, ...more });

const packageOf = ({ objects }: World, version: string): { iceberg?: IcebergTables } =>
  JSON.parse(Buffer.from(objects.get(`d/${version}/datapackage.json`) ?? []).toString("utf8")) as { iceberg?: IcebergTables };
const idsOf = (w: World, version: string): unknown => packageOf(w, version).iceberg?.["t"]?.fields.map(({ name, id }) => `${name} ${id}`);
const entriesOf = (w: World): string[] =>
  catalogueOf(w)
    .releases.map(({ version, level, retyped }) => `${version} ${level}${retyped ? " retyped" : ""}`)
    .reverse();

/** Publishes a commit like earlier versions of Factpress, which did not compare these types. */
async function publishEarlier(w: World, history: Branch, layout = LAYOUT): Promise<void> {
  const rebuiltEntry = (commit: string | null): CatalogueEntry | undefined =>
    commit === history.tip ? { version: "", date: null, commit, level: "patch", manifest: "", layout, formats: FORMATS } : undefined;
  const { unreleased } = await publishDataset({ ...publishing({ history, ...w }), rebuiltEntry });
  expect(unreleased).toEqual([]);
}

/** Verifies that all releases can be rebuilt and restored byte for byte, and the newest be applied to its base. */
async function expectReproducible(w: World, history: Branch): Promise<void> {
  const result = nothingVerified();
  await verifyRebuilt(w.store, catalogueOf(w), { history, runtime }, result);
  expect([result.uncompared, result.notes]).toEqual([[], []]);
  const left = world();
  left.objects.set("d/releases.json", w.objects.get("d/releases.json") as Uint8Array);
  await restoreReleases({ dataset: "d", store: left.store }, { history, runtime });
  const { releases, removed } = catalogueOf(w);
  for (const { version } of releases)
    if (removed.every((event) => event.version !== version))
      for (const name of ["SHA256SUMS", "datapackage.json", "changes.json"])
        expect([version, name, left.objects.get(`d/${version}/${name}`)]).toEqual([version, name, w.objects.get(`d/${version}/${name}`)]);
  const [newest, before] = releases;
  if (!newest || !before) return;
  const base = newest.comparedWith ?? before.version;
  const changes = w.objects.get(`d/${newest.version}/changes.json`) as Uint8Array;
  const { artifacts } = await applyChanges(storedRelease(w.store, `d/${base}`), changes, runtime, memoryWorkspace());
  expect(artifacts.find(({ name }) => name === "SHA256SUMS")?.sha256).toBe(newest.manifest);
}

describe("types of columns in Parquet and SQLite files", () => {
  it("are a major change, which must be announced, and give the column a new id", async () => {
    const [w, history] = [world(), new Branch().push(having(TEXT))];
    await publish({ history, ...w });
    const refused = await publish({ history: history.push(having(MIXED)), ...w });
    expect(refused.unreleased[0]?.problems[0]?.message).toContain("2.0.0 is not announced");
    await publish({ history: history.push(having(MIXED, { version: "2.0.0" })), ...w });
    expect(entriesOf(w)).toEqual(["1.0.0 first", "2.0.0 major retyped"]);
    expect([idsOf(w, "1.0.0"), idsOf(w, "2.0.0")]).toEqual([
      ["id 1", "a 2", "b 3"],
      ["id 1", "a 4", "b 3"],
    ]);
    await expectReproducible(w, history);
  });

  it("are a patch in a catalogue of an earlier version, which can be rebuilt, restored, applied and continued", async () => {
    const [w, history] = [world(), new Branch().push(having(TEXT))];
    await publish({ history, ...w });
    await publishEarlier(w, history.push(having(MIXED)));
    expect(entriesOf(w)).toEqual(["1.0.0 first", "1.0.1 patch"]);
    expect(idsOf(w, "1.0.1")).toEqual(["id 1", "a 2", "b 3"]);
    await expectReproducible(w, history);
    await publish({ history: history.push(having(MIXED, { title: "Other" })), ...w });
    const refused = await publish({ history: history.push(having(TEXT, { title: "Other" })), ...w });
    expect(refused.unreleased).toHaveLength(1);
    await publish({ history: history.push(having(TEXT, { title: "Other", version: "2.0.0" })), ...w });
    expect(entriesOf(w)).toEqual(["1.0.0 first", "1.0.1 patch", "1.0.2 patch", "2.0.0 major retyped"]);
    expect(idsOf(w, "2.0.0")).toEqual(["id 1", "a 4", "b 3"]);
    await expectReproducible(w, history);
  });

  it("count in a dataset of layout 1 as well", async () => {
    const [w, history] = [world(), new Branch().push(having(TEXT))];
    await publishEarlier(w, history, FIRST_LAYOUT);
    await publishEarlier(w, history.push(having(MIXED)), FIRST_LAYOUT);
    await publish({ history: history.push(having(TEXT, { version: "2.0.0" })), ...w });
    expect(catalogueOf(w).releases.map(({ layout, retyped }) => [layout, retyped])).toEqual([
      [LAYOUT, true],
      [FIRST_LAYOUT, undefined],
      [FIRST_LAYOUT, undefined],
    ]);
    await expectReproducible(w, history);
  });

  it("do not count if a change and its revert are published together", async () => {
    for (const planFirst of [false, true]) {
      const [w, history] = [world(), new Branch().push(having(TEXT))];
      await publish({ history, ...w });
      await publish({ history: history.push(having(MIXED), having(TEXT), having(TEXT, { title: "Other" })), ...w, planFirst });
      expect(entriesOf(w)).toEqual(["1.0.0 first", "1.0.1 patch"]);
      expect(idsOf(w, "1.0.1")).toEqual(["id 1", "a 2", "b 3"]);
      await expectReproducible(w, history);
    }
  });

  it("are compared in formats that both releases have: a new format is minor", async () => {
    const [w, history] = [world(), new Branch().push(having(TEXT, { formats: ["csv", "ndjson"] }))];
    await publish({ history, ...w });
    await publish({ history: history.push(having(MIXED)), ...w });
    expect(entriesOf(w)).toEqual(["1.0.0 first", "1.1.0 minor"]);
    expect(idsOf(w, "1.1.0")).toEqual(["id 1", "a 2", "b 3"]);
    await expectReproducible(w, history);
  });

  it.each([false, true])(
    "are compared with the release in force, and ids with the one before: a withdrawn one between (removed: %s)",
    async (isRemoved) => {
      const [w, history] = [world(), new Branch().push(having(TEXT))];
      const withdrawn = [{ version: "2.0.0", reason: "wrong" }];
      await publish({ history, ...w });
      await publish({ history: history.push(having(MIXED, { version: "2.0.0" })), ...w });
      const reverted = { records: { x: "", y: "" }, version: "2.0.0", withdrawn, ...(isRemoved ? { removed: withdrawn } : {}) };
      await publish({ history: history.push(having(TEXT, reverted)), ...w });
      expect(entriesOf(w)).toEqual(["1.0.0 first", "2.0.0 major retyped", isRemoved ? "2.1.0 minor" : "2.1.0 minor retyped"]);
      // The types of a removed release are unknown.
      expect(idsOf(w, "2.1.0")).toEqual(["id 1", isRemoved ? "a 4" : "a 5", "b 3"]);
      await expectReproducible(w, history);
      if (isRemoved) await removeRelease(w.store, w.aliases, "d", "2.0.0");
      await expectReproducible(w, history);
    },
  );
});
