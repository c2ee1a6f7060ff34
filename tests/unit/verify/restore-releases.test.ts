import { describe, expect, it } from "vitest";
import { EARLIER_GENERATORS } from "../../../lib/contract/generator.ts";
import { removeRelease } from "../../../lib/publish/remove-release.ts";
import { catalogueText } from "../../../lib/release/catalogue.ts";
import { writeSite } from "../../../lib/render/site.ts";
import { restoreReleases } from "../../../lib/verify/restore-releases.ts";
import { Branch, catalogueOf, type Made, publish, type World, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";
import { NOW, publishSigned } from "../../trust/signed-world.ts";

const records = (value: string): Made => ({ records: { a: value } });
const [EARLIER = ""] = EARLIER_GENERATORS;

/** A store that lost everything except its catalogue. */
function lost({ objects }: World): World {
  const left = world();
  left.objects.set("d/releases.json", objects.get("d/releases.json") ?? new Uint8Array());
  return left;
}

const restore = ({ store }: World, history: Branch) =>
  restoreReleases({ dataset: "d", store }, { history, runtime: { ...RUNTIME, now: () => NOW, generator: "1" } });

/** The files of releases except signatures, which restore creates only with a key. */
const releases = ({ objects }: World): Map<string, string> =>
  new Map([...objects].flatMap(([key, bytes]) => (/^d\/\d.*(?<!\.jws)$/.test(key) ? [[key, Buffer.from(bytes).toString()]] : [])));

describe("restoreReleases", () => {
  it("rebuilds the releases of an earlier version and those after an upgrade, byte for byte", async () => {
    const history = new Branch().push(records("1"), records("2"));
    const w = await publishSigned(history, undefined, { generator: EARLIER });
    await publishSigned(history.push(records("3")), w);
    const left = lost(w);
    expect(await restore(left, history)).toEqual({ restored: 3, whole: 0 });
    expect(releases(left)).toEqual(releases(w));
    expect(releases(left).get("d/1.0.1/datapackage.json")).toContain(`factpress ${EARLIER}"`);
    expect(releases(left).get("d/1.0.2/datapackage.json")).toContain('factpress 1"');
  });

  it("restores single files and the lines of records, and nothing if nothing is missing", async () => {
    const history = new Branch().push(records("1"), records("2"));
    const w = world();
    await writeSite(w.store, { url: "https://data.example.org", repository: { url: "https://github.com/a/b", data: "data" } });
    await publish({ history, ...w });
    const whole = new Map(w.objects);
    expect(await restore(w, history)).toEqual({ restored: 0, whole: 2 });
    for (const key of ["d/1.0.1/t.csv", "pages/d/explorer/1.0.1.lines.json", "pages/d/explorer/1.0.0.lines.json"]) w.objects.delete(key);
    expect(await restore(w, history)).toEqual({ restored: 1, whole: 1 });
    expect(w.objects).toEqual(whole);
  });

  it("restores the tombstones of a removed release, but no lines of its records", async () => {
    const history = new Branch().push(records("1"), records("2"));
    const w = world();
    await writeSite(w.store, { url: "https://data.example.org", repository: { url: "https://github.com/a/b", data: "data" } });
    await publish({ history: history.push({ ...records("3"), removed: [{ version: "1.0.0", reason: "court" }] }), ...w });
    await removeRelease(w.store, w.aliases, "d", "1.0.0");
    const left = lost(w);
    left.objects.set("pages/site.json", w.objects.get("pages/site.json") as Uint8Array);
    expect(await restore(left, history)).toEqual({ restored: 3, whole: 0 });
    expect(releases(left)).toEqual(releases(w));
    const lines = [...left.objects.keys()].filter((key) => key.endsWith(".lines.json"));
    expect(lines).toEqual(["pages/d/explorer/1.0.1.lines.json", "pages/d/explorer/1.0.2.lines.json"]);
  });

  it("fails without a catalogue or with other stored files, and overwrites nothing", async () => {
    const history = new Branch().push(records("1"));
    const w = await publishSigned(history);
    await expect(restore(world(), history)).rejects.toThrow(
      "d/releases.json is not in the store. Put a copy of the catalogue there first, or publish again.",
    );
    const left = lost(w);
    left.objects.set("d/1.0.0/SHA256SUMS", Buffer.from("other"));
    await expect(restore(left, history)).rejects.toThrow("d/1.0.0/ contains other files. Nothing was overwritten.");
    expect(Buffer.from(left.objects.get("d/1.0.0/SHA256SUMS") as Uint8Array).toString()).toBe("other");
  });

  it("has nothing to do for a draft, unless the store contains files of the dataset", async () => {
    const history = new Branch().push({ ...records("1"), version: "" });
    expect(await restore(world(), history)).toBeUndefined();
    for (const key of ["d/1.0.0/t.csv", "pages/d/index.html"]) {
      const left = world();
      left.objects.set(key, Buffer.from(""));
      await expect(restore(left, history)).rejects.toThrow("d/releases.json is not in the store.");
    }
  });

  it("fails when the catalogue has a withdrawal that no commit declares", async () => {
    const history = new Branch().push(records("1"), records("2"));
    const w = await publishSigned(history);
    const withdrawn = [{ version: "1.0.0", reason: "forged", commit: null, date: null }];
    w.objects.set("d/releases.json", Buffer.from(catalogueText({ ...catalogueOf(w), withdrawn })));
    await expect(restore(w, history)).rejects.toThrow('d/releases.json has an event under "withdrawn" for 1.0.0 that no commit has');
  });

  it("fails when git lacks the commit of a lost release, and continues if the release is stored", async () => {
    const history = new Branch().push(records("1"), records("2"));
    const w = await publishSigned(history);
    const given = history.tip as string;
    await publishSigned(history.reset(history.parentOf(given)).push({ ...records("3"), rewritten: given }), w);
    await expect(restore(lost(w), history)).rejects.toThrow(
      `1.0.1 cannot be restored: the published branch no longer contains its commit ${given}. Copy its folder from a mirror, and verify it.`,
    );
    const left = lost(w);
    for (const [key, bytes] of w.objects) if (key.startsWith("d/1.0.1/")) left.objects.set(key, bytes);
    expect(await restore(left, history)).toEqual({ restored: 2, whole: 1 });
    expect(releases(left)).toEqual(releases(w));
  });

  it("rebuilds a removed release of an earlier version to compare the next one with", async () => {
    const history = new Branch().push(records("1"), records("2"), records("3"));
    const w = await publishSigned(history, undefined, { generator: EARLIER });
    await publishSigned(history.push({ ...records("4"), removed: [{ version: "1.0.1", reason: "court" }] }), w);
    await removeRelease(w.store, w.aliases, "d", "1.0.1");
    const left = lost(w);
    expect(await restore(left, history)).toEqual({ restored: 4, whole: 0 });
    expect(releases(left)).toEqual(releases(w));
  });

  it("fails when a release was compared with one that is neither stored nor in git", async () => {
    const history = new Branch().push(records("1"), records("2"));
    const w = await publishSigned(history);
    const given = history.tip as string;
    await publishSigned(history.reset(history.parentOf(given)).push({ ...records("3"), rewritten: given }), w);
    await publishSigned(history.push({ ...records("4"), removed: [{ version: "1.0.1", reason: "court" }] }), w);
    await removeRelease(w.store, w.aliases, "d", "1.0.1");
    const left = lost(w);
    for (const [key, bytes] of w.objects) if (key.startsWith("d/1.0.1/")) left.objects.set(key, bytes);
    await expect(restore(left, history)).rejects.toThrow("1.0.2 was compared with a release that was removed and cannot be rebuilt");
  });

  it("fails when an unknown version built a release, and names no single file without its manifest", async () => {
    const history = new Branch().push(records("1"));
    const left = lost(await publishSigned(history, undefined, { generator: "9.9.9" }));
    await expect(restore(left, history)).rejects.toThrow(
      "1.0.0 of d cannot be restored: d/1.0.0/SHA256SUMS differs from a rebuild of its commit. Either another version than factpress 1 built it, or the catalogue was changed.",
    );
    expect(releases(left).size).toBe(0);
  });
});
