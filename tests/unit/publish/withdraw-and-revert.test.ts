import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { removeRelease } from "../../../lib/publish/remove-release.ts";
import type { RebuildSetup } from "../../../lib/verify/replay.ts";
import { restoreReleases } from "../../../lib/verify/restore-releases.ts";
import { verifyDataset } from "../../../lib/verify/verify-dataset.ts";
import { verifyRebuilt } from "../../../lib/verify/verify-rebuilt.ts";
import { Branch, catalogueOf, type Made, publish, versions, type World, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const A = { a: "1" };
const AB = { a: "1", b: "1" };
const reason = "wrong";
const withdrawn = (...list: string[]): Pick<Made, "withdrawn"> => ({ withdrawn: list.map((version) => ({ version, reason })) });

const rebuilding = (history: Branch, generator: string): RebuildSetup => ({
  history,
  runtime: { ...RUNTIME, generator, now: () => new Date("2025-01-01T00:00:00Z") },
});

async function wellFormed(w: World, history: Branch): Promise<void> {
  const verified = await verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" });
  await verifyRebuilt(w.store, verified.catalogue, rebuilding(history, "1"), verified);
}

/** Publishes commits one by one. Returns the versions, and the findings of the last run. */
async function publishedOneByOne(...made: Made[]) {
  const w = world();
  const history = new Branch();
  let last: Awaited<ReturnType<typeof publish>> | undefined;
  for (const one of made) last = await publish({ history: history.push(one), ...w });
  const together = world();
  await publish({ history, ...together });
  expect(together.objects.get("d/releases.json"), "published together and one by one").toEqual(w.objects.get("d/releases.json"));
  expect(together.entries.get("d/latest")).toBe(w.entries.get("d/latest"));
  await wellFormed(w, history);
  return { w, history, last: last as NonNullable<typeof last>, latest: w.entries.get("d/latest") };
}

describe("a withdrawal and its revert", () => {
  it("in one commit make no release, because readers have that content", async () => {
    const { w, latest } = await publishedOneByOne({ records: A }, { records: AB }, { records: A, ...withdrawn("1.1.0") });
    expect([versions(w), latest]).toEqual([["1.1.0", "1.0.0"], "1.0.0"]);
  });

  it("with a correction are compared with the release in force, and get the next version", async () => {
    const { w } = await publishedOneByOne({ records: A }, { records: AB }, { records: { a: "2" }, ...withdrawn("1.1.0") });
    const [entry, before] = catalogueOf(w).releases;
    expect(entry).toMatchObject({ version: "1.1.1", level: "patch", comparedWith: "1.0.0" });
    const changes = JSON.parse(Buffer.from(w.objects.get("d/1.1.1/changes.json") as Uint8Array).toString("utf8")) as object;
    expect(changes).toMatchObject({ from: "1.0.0", previous: { version: "1.1.0", manifest: before?.manifest } });
    const about = JSON.parse(Buffer.from(w.objects.get("d/1.1.1/datapackage.json") as Uint8Array).toString("utf8")) as object;
    expect(about).toMatchObject({ previous: before?.manifest });
  });

  it("with the data unchanged make no release, and a later revert neither", async () => {
    const { w, latest } = await publishedOneByOne(
      { records: A },
      { records: AB },
      { records: AB, ...withdrawn("1.1.0") },
      { records: A, ...withdrawn("1.1.0") },
    );
    expect([versions(w), latest]).toEqual([["1.1.0", "1.0.0"], "1.0.0"]);
  });

  it("of the only release compare with it", async () => {
    const { w, latest } = await publishedOneByOne({ records: A }, { records: { a: "2" }, ...withdrawn("1.0.0") });
    expect([versions(w), latest]).toEqual([["1.0.1", "1.0.0"], "1.0.1"]);
    expect(catalogueOf(w).releases[0]?.comparedWith).toBeUndefined();
    const refused = await publishedOneByOne({ records: AB }, { records: A, ...withdrawn("1.0.0") });
    expect(refused.last.refused?.problems[0]?.message).toContain("b is gone");
    expect(catalogueOf(refused.w).withdrawn).toEqual([]);
  });

  it("cannot be undone without the rows, events included, unless a major version is announced", async () => {
    const history: Made[] = [{ records: A }, { records: AB }, { records: A, ...withdrawn("1.1.0") }];
    const refused = await publishedOneByOne(...history, { records: A, title: "D" }, { records: { a: "2" } });
    expect(refused.last.refused?.problems[0]?.message).toContain("b is gone");
    expect(catalogueOf(refused.w).withdrawn).toMatchObject([{ version: "1.1.0", reason }]);
    const announced = await publishedOneByOne(...history, { records: A, version: "2.0.0" });
    expect(catalogueOf(announced.w).releases[0]).toMatchObject({ version: "2.0.0", level: "major" });
    const rows = await publishedOneByOne(...history, { records: AB });
    expect([versions(rows.w), rows.latest]).toEqual([["1.1.0", "1.0.0"], "1.1.0"]);
  });

  it("cannot be undone if a later release was compared with an older one and lacks the rows", async () => {
    const history: Made[] = [{ records: A }, { records: AB }, { records: { a: "1", c: "1" }, ...withdrawn("1.1.0") }];
    const refused = await publishedOneByOne(...history, { records: { a: "1", c: "1" } });
    expect(refused.last.refused?.problems[0]?.message).toContain("The withdrawal of 1.1.0 cannot be undone: 1.2.0");
    const kept = await publishedOneByOne(
      ...history.slice(0, 2),
      { records: { ...AB, c: "1" }, ...withdrawn("1.1.0") },
      { records: { ...AB, c: "1" } },
    );
    expect(kept.last.refused).toBeUndefined();
    expect(catalogueOf(kept.w).withdrawn.at(-1)).toMatchObject({ version: "1.1.0", reason: null });
  });

  it("raise the highest listed version, even if the version after the release in force exists", async () => {
    const { w } = await publishedOneByOne(
      { records: A },
      { records: { a: "2" } },
      { records: { a: "3" }, ...withdrawn("1.0.1") },
      { records: { a: "4" }, ...withdrawn("1.0.1", "1.0.2") },
    );
    expect(catalogueOf(w).releases.map(({ version, comparedWith }) => [version, comparedWith])).toEqual([
      ["1.0.3", "1.0.0"],
      ["1.0.2", "1.0.0"],
      ["1.0.1", undefined],
      ["1.0.0", undefined],
    ]);
  });

  it("leave a mistaken major version without announcing another", async () => {
    const { w, latest } = await publishedOneByOne(
      { records: AB },
      { records: A, version: "2.0.0" },
      { records: { a: "2", b: "1" }, version: "2.0.0", ...withdrawn("2.0.0") },
    );
    expect([catalogueOf(w).releases[0], latest]).toMatchObject([{ version: "2.0.1", level: "patch", comparedWith: "1.0.0" }, "2.0.1"]);
  });
});

describe("a removal", () => {
  const removed = [{ version: "1.1.0", reason: "private" }];

  it("together with its record makes no release, and the next release does not quote it", async () => {
    const { w } = await publishedOneByOne({ records: A }, { records: AB }, { records: A, removed }, { records: { a: "2" }, removed });
    expect(catalogueOf(w).releases[0]).toMatchObject({ version: "1.1.1", comparedWith: "1.0.0" });
    expect(Buffer.from(w.objects.get("d/1.1.1/changes.json") as Uint8Array).toString("utf8")).not.toContain('"b"');
  });

  it("is quoted neither by the feed nor by pages, not even if it is not the release before", async () => {
    const w = world();
    const textOf = (key: string): string => Buffer.from(w.objects.get(key) ?? "").toString("utf8");
    const [feed, page] = ["d/feed.xml", "pages/d/1.1.1/index.html"];
    const corrected = { records: { a: "2" }, ...withdrawn("1.1.0") };
    const history = new Branch().push({ records: { a: "secret" } }, { records: { a: "secret", b: "1" } }, corrected);
    history.push({ ...corrected, title: "T" });
    await publish({ history, ...w });
    expect(catalogueOf(w).releases.map(({ version, comparedWith }) => [version, comparedWith])).toContainEqual(["1.1.1", "1.0.0"]);
    for (const key of [feed, page]) expect(textOf(key)).toContain("secret");
    history.push({ ...corrected, title: "T", removed: [{ version: "1.0.0", reason: "personal" }] });
    await publish({ history, ...w });
    for (const key of [feed, page]) expect(textOf(key)).not.toContain("secret");
  });

  it("is followed by no release if its commit temporarily cannot be read", async () => {
    const w = world();
    const history = new Branch().push({ records: A });
    await publish({ history, ...w });
    const gone = [{ version: "1.0.0", reason: "private" }];
    history.push({ records: A, removed: gone });
    await publish({ history, ...w });
    await removeRelease(w.store, w.aliases, "d", "1.0.0");
    const first = catalogueOf(w).releases[0]?.commit;
    history.push({ records: { b: "1" }, removed: gone });
    const failing = {
      after: history.after.bind(history),
      position: history.position.bind(history),
      isTipWithin: history.isTipWithin.bind(history),
      at: (commit: Parameters<typeof history.at>[0]) => {
        if (commit.id === first) throw Object.assign(new Error("Bad gateway"), { status: 502 });
        return history.at(commit);
      },
    };
    await expect(publish({ history: failing, ...w })).rejects.toThrow("Bad gateway");
    expect(versions(w)).toEqual(["1.0.0"]);
    expect((await publish({ history, ...w })).refused?.problems[0]?.message).toContain("a is gone");
  });
});

it("rebuilds a catalogue of an earlier version, which compared each release with the one before it", async () => {
  const recorded = JSON.parse(await readFile(new URL("old-catalogue.json", import.meta.url), "utf8")) as {
    commits: Made[];
    files: Record<string, string>;
  };
  const w = world();
  const history = new Branch().push(...recorded.commits.map((made): Made => ({ ...made, formats: "default" })));
  w.objects.set("d/releases.json", Buffer.from(recorded.files["d/releases.json"] as string));
  expect(await restoreReleases({ dataset: "d", store: w.store }, rebuilding(history, "0.2.0"))).toMatchObject({ restored: 5 });
  for (const [key, text] of Object.entries(recorded.files)) {
    // The files of the removed release are not restored.
    const expected = key.startsWith("d/1.1.2/") && !key.endsWith("SHA256SUMS") ? expect.stringContaining("private") : text;
    expect([key, Buffer.from(w.objects.get(key) as Uint8Array).toString("utf8")]).toEqual([key, expected]);
  }
});
