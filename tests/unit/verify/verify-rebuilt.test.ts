import { describe, expect, it } from "vitest";
import { UNMARKED_DESCRIPTION } from "../../../lib/dataset/placeholder-problems.ts";
import { sha256 } from "../../../lib/ports/sha256.ts";
import { removeRelease } from "../../../lib/publish/remove-release.ts";
import { type Catalogue, catalogueText } from "../../../lib/release/catalogue.ts";
import { writeSite } from "../../../lib/render/site.ts";
import { Branch, type Made, world } from "../../protocol/world.ts";
import { catalogueOf, makeSigner, publishSigned, rebuildD, refusalOf, type Signed } from "../../trust/signed-world.ts";

const records = (value: string): Made => ({ records: { a: value } });
const branch = (...made: Made[]): Branch => new Branch().push(...made);
const three = (): Branch => branch(records("1"), records("2"), records("3"));

/** The same store with another catalogue. */
function withCatalogue({ objects }: Signed, change: (catalogue: Catalogue) => Catalogue): Map<string, Uint8Array> {
  return new Map([...objects, ["d/releases.json", Buffer.from(catalogueText(change(catalogueOf(objects))))]]);
}
const entryOf = (catalogue: Catalogue, version: string, changed: object): Catalogue => ({
  ...catalogue,
  releases: catalogue.releases.map((entry) => (entry.version === version ? { ...entry, ...changed } : entry)),
});

describe("verifyRebuilt", () => {
  it("accepts every release of an unmodified store", async () => {
    const history = three();
    const { objects } = await publishSigned(history);
    expect(await rebuildD(objects, history)).toMatchObject({ notes: [], uncompared: [] });
  });

  it("accepts commits that make no release, drafts, and commits that fail their checks", async () => {
    const history = branch(
      { records: { a: "1" }, broken: true },
      records("1"),
      { ...records("1"), elsewhere: true },
      { records: { a: "x" }, broken: true },
      records("1"),
      records("2"),
      { records: { a: "x" }, broken: true },
    );
    const { objects } = await publishSigned(history);
    expect(catalogueOf(objects).releases).toHaveLength(2);
    expect((await rebuildD(objects, history)).uncompared).toEqual([]);
  });

  it("accepts commits that publishing refused for a placeholder of an earlier starter", async () => {
    const history = branch(records("1"), { ...records("2"), description: UNMARKED_DESCRIPTION }, records("3"));
    const w = await publishSigned(history);
    expect(catalogueOf(w.objects).releases.map(({ version }) => version)).toEqual(["1.0.1", "1.0.0"]);
    await publishSigned(history.push({ ...records("4"), description: UNMARKED_DESCRIPTION }), w);
    expect((await rebuildD(w.objects, history)).uncompared).toEqual([]);
  });

  it("accepts withdrawals, ended withdrawals, and removals whose files are deleted", async () => {
    const withdrawn = [{ version: "1.0.1", reason: "wrong" }];
    const history = three();
    const w = await publishSigned(history);
    await publishSigned(history.push({ ...records("3"), withdrawn }, { ...records("4") }), w);
    await publishSigned(history.push({ ...records("4"), removed: [{ version: "1.0.1", reason: "court" }] }, records("5")), w);
    await removeRelease(w.store, w.aliases, "d", "1.0.1");
    expect(catalogueOf(w.objects)).toMatchObject({ withdrawn: [{ reason: "wrong" }, { reason: null }], removed: [{ reason: "court" }] });
    expect((await rebuildD(w.objects, history)).uncompared).toEqual([]);
  });

  it("accepts a commit that was refused before a withdrawal allowed the release of its content", async () => {
    const mistake = { a: "1", z: "2" };
    const history = branch(records("1"), { records: mistake }, records("2"), {
      ...records("2"),
      withdrawn: [{ version: "1.1.0", reason: "wrong" }],
    });
    const { objects } = await publishSigned(history);
    expect(catalogueOf(objects).releases[0]).toMatchObject({ commit: history.tip, comparedWith: "1.0.0" });
    expect((await rebuildD(objects, history)).uncompared).toEqual([]);
  });

  it("accepts versions that a publisher claimed but did not use", async () => {
    const history = branch(records("1"));
    const w = await publishSigned(history);
    w.objects.set("d/1.0.1/SHA256SUMS", Buffer.from("claimed"));
    await publishSigned(history.push(records("2")), w);
    expect(catalogueOf(w.objects).releases[0]?.version).toBe("1.0.2");
    expect((await rebuildD(w.objects, history)).uncompared).toEqual([]);
  });

  it.each<[string, (catalogue: Catalogue) => Catalogue, RegExp]>([
    ["a break that git does not show", (c) => entryOf(c, "1.0.2", { break: true }), /rewritten history before 1\.0\.2, but git has/],
    ["a break before the first release", (c) => entryOf(c, "1.0.0", { break: true }), /rewritten history before 1\.0\.0/],
    ["another level", (c) => entryOf(c, "1.0.2", { level: "minor" }), /level of 1\.0\.2 as minor, but the rebuild from git has patch/],
    [
      "another date",
      (c) => entryOf(c, "1.0.2", { date: "2024-01-04T00:00:00Z" }),
      /date of 1\.0\.2 as 2024-01-04T00:00:00Z, but the rebuild/,
    ],
    [
      "a dropped newest release",
      (c) => ({ ...c, releases: c.releases.slice(1) }),
      /lacks a release of commit 0+3, which the rebuild from git has as 1\.0\.2/,
    ],
    ["a dropped oldest release", (c) => ({ ...c, releases: c.releases.slice(0, 2) }), /lacks a release of commit 0+1/],
    ["no release at all", (c) => ({ ...c, releases: [] }), /lacks a release of commit 0+1/],
    [
      "a forged withdrawal without a commit",
      (c) => ({ ...c, withdrawn: [{ version: "1.0.2", reason: "forged", commit: null, date: null }] }),
      /has an event under "withdrawn" for 1\.0\.2 that no commit has/,
    ],
    [
      "a forged withdrawal that names a commit",
      (c) => ({ ...c, withdrawn: [{ version: "1.0.0", reason: "forged", commit: "2".padStart(40, "0"), date: "2024-01-02T00:00:00Z" }] }),
      /has an event under "withdrawn" for 1\.0\.0 that no commit has/,
    ],
    [
      "a forged removal that names an unknown commit",
      (c) => ({ ...c, removed: [{ version: "1.0.0", reason: "forged", commit: "f".repeat(40), date: null }] }),
      /has an event under "removed" for 1\.0\.0 that no commit has/,
    ],
    [
      "a commit that is not on the branch",
      (c) => entryOf(c, "1.0.2", { commit: "f".repeat(40) }),
      /names commit f+ for 1\.0\.2, which is not/,
    ],
    [
      "the same commit twice",
      (c) => entryOf(c, "1.0.2", { commit: "2".padStart(40, "0") }),
      /lists 1\.0\.2 after 1\.0\.1, but the published/,
    ],
    ["another version", (c) => entryOf(c, "1.0.2", { version: "1.1.2" }), /./],
  ])("fails when the catalogue has %s", async (_what, change, message) => {
    const history = three();
    const w = await publishSigned(history);
    const objects = withCatalogue(w, change);
    for (const [key, bytes] of w.objects) if (key.startsWith("d/1.0.2/")) objects.set(key.replace("1.0.2", "1.1.2"), bytes);
    expect(await refusalOf(rebuildD(objects, history))).toMatch(message);
  });

  it("fails when a release does not name the version that built it", async () => {
    const history = three();
    const { objects } = await publishSigned(history);
    objects.delete("d/1.0.2/datapackage.json");
    expect(await refusalOf(rebuildD(objects, history))).toBe("d/1.0.2/datapackage.json is missing");
  });

  it("reports a release that names another version as its builder", async () => {
    const history = three();
    const { objects } = await publishSigned(history);
    const key = "d/1.0.2/datapackage.json";
    const text = Buffer.from(objects.get(key) as Uint8Array).toString();
    objects.set(key, Buffer.from(text.replace('"factpress 1"', '"another program"')));
    expect(await rebuildD(objects, history)).toMatchObject({
      notes: [],
      uncompared: ["1.0.2 was built by factpress an unknown version, but this is 1: rebuild it with that version."],
    });
  });

  it("fails when a withdrawal declared by a commit is missing", async () => {
    const history = three().push({ ...records("3"), withdrawn: [{ version: "1.0.0", reason: "wrong" }] });
    const w = await publishSigned(history);
    const objects = withCatalogue(w, (catalogue) => ({ ...catalogue, withdrawn: [] }));
    expect(await refusalOf(rebuildD(objects, history))).toMatch(/lacks an event under "withdrawn" for 1\.0\.0 that a commit has/);
  });

  it("fails when a release contains other data, and names the file", async () => {
    const forged = await publishSigned(branch(records("1"), records("2"), records("EVIL")));
    expect(await refusalOf(rebuildD(forged.objects, three()))).toBe("d/1.0.2/CHANGES.md differs from a rebuild of its commit");
    forged.objects.delete("d/1.0.2/SHA256SUMS");
    expect(await refusalOf(rebuildD(forged.objects, three()))).toBe("d/1.0.2/SHA256SUMS differs from a rebuild of its commit");
  });

  it.each<[string, (manifest: string) => string, string]>([
    ["has other bytes", (manifest) => manifest.replace(/^[0-9a-f]{64}(?= {2}t\.csv$)/m, "0".repeat(64)), "t.csv"],
    ["is not listed", (manifest) => manifest.replace(/^.* {2}t\.ndjson\n/m, ""), "t.ndjson"],
    ["is not built", (manifest) => `${manifest}${"0".repeat(64)}  zzz.csv\n`, "zzz.csv"],
  ])("names the file that %s", async (_what, change, name) => {
    const w = await publishSigned(three());
    const manifest = change(Buffer.from(w.objects.get("d/1.0.2/SHA256SUMS") as Uint8Array).toString());
    w.objects.set("d/1.0.2/SHA256SUMS", Buffer.from(manifest));
    const objects = withCatalogue(w, (c) => entryOf(c, "1.0.2", { manifest: sha256(manifest) }));
    expect(await refusalOf(rebuildD(objects, three()))).toBe(`d/1.0.2/${name} differs from a rebuild of its commit`);
  });

  it("fails when the record lines differ, but not if they are missing", async () => {
    const history = three();
    const to = { ...world(), signer: await makeSigner() };
    await writeSite(to.store, { url: "https://data.example.org", repository: { url: "https://github.com/a/b", data: "data" } });
    const { objects } = await publishSigned(history, to);
    const key = "pages/d/explorer/1.0.1.lines.json";
    expect((await rebuildD(objects, history)).uncompared).toEqual([]);
    objects.set(key, Buffer.from('{"a":"other.json#L1"}'));
    expect(await refusalOf(rebuildD(objects, history))).toBe(`${key} differs from a rebuild of its commit`);
    objects.delete(key);
    expect((await rebuildD(objects, history)).uncompared).toEqual([]);
  });

  it("fails when a commit in between makes a release that the catalogue skips", async () => {
    const skipping = branch(records("1"), { ...records("1"), elsewhere: true }, records("3"));
    const { objects } = await publishSigned(skipping);
    expect(await refusalOf(rebuildD(objects, three()))).toMatch(
      /lacks a release of commit 0+2, which the rebuild from git has before 1\.0\.1/,
    );
  });

  it("reports what it could not compare if history was rewritten", async () => {
    const history = three();
    const w = await publishSigned(history);
    const lost = history.tip as string;
    const rewritten = history.reset(history.parentOf(lost)).push({ ...records("4"), rewritten: lost });
    await publishSigned(rewritten, w);
    expect(catalogueOf(w.objects).releases[0]).toMatchObject({ break: true });
    expect((await rebuildD(w.objects, rewritten)).uncompared).toEqual([
      "History was rewritten: the branch no longer contains the commits of 1.0.2.",
    ]);
    const objects = withCatalogue(w, (catalogue) => entryOf(catalogue, catalogue.releases[0]?.version as string, { break: undefined }));
    expect(await refusalOf(rebuildD(objects, rewritten))).toMatch(/which is not on the published branch/);
  });

  it("names the version to use if another one built a release", async () => {
    const history = branch(records("1"));
    const w = await publishSigned(history, undefined, { generator: "0.9" });
    expect(await rebuildD(w.objects, history)).toMatchObject({
      uncompared: [],
      notes: ["1.0.0 says that factpress 0.9 built it; 1 builds the same files."],
    });
    const evil = await publishSigned(branch(records("EVIL")), undefined, { generator: "9.9.9" });
    expect((await rebuildD(evil.objects, history)).uncompared).toEqual([
      "1.0.0 was built by factpress 9.9.9, but this is 1: rebuild it with that version.",
    ]);
  });
});
