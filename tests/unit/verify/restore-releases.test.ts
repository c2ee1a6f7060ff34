import { describe, expect, it } from "vitest";
import { EARLIER_GENERATORS } from "../../../lib/contract/generator.ts";
import { removeRelease } from "../../../lib/publish/remove-release.ts";
import { restoreReleases } from "../../../lib/verify/restore-releases.ts";
import { Branch, type Made, type World, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";
import { NOW, publishSigned } from "../../trust/signed-world.ts";

const records = (value: string): Made => ({ records: { a: value } });
const [EARLIER = ""] = EARLIER_GENERATORS;

/** A store that lost all but its catalogue. */
function lost({ objects }: World): World {
  const left = world();
  left.objects.set("d/releases.json", objects.get("d/releases.json") ?? new Uint8Array());
  return left;
}

const restore = ({ store }: World, history: Branch) =>
  restoreReleases({ dataset: "d", store }, { history, runtime: { ...RUNTIME, now: () => NOW, generator: "1" } });

/** The files of releases, without the signatures, which restore makes only with a key. */
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

  it("rebuilds a removed release of an earlier version to compare the next one with", async () => {
    const history = new Branch().push(records("1"), records("2"), records("3"));
    const w = await publishSigned(history, undefined, { generator: EARLIER });
    await publishSigned(history.push({ ...records("4"), removed: [{ version: "1.0.1", reason: "court" }] }), w);
    await removeRelease(w.store, w.aliases, "d", "1.0.1");
    const left = lost(w);
    expect(await restore(left, history)).toEqual({ restored: 4, whole: 0 });
    expect(releases(left)).toEqual(releases(w));
  });

  it("fails when an unknown version built a release, and blames no single file without its manifest", async () => {
    const history = new Branch().push(records("1"));
    const left = lost(await publishSigned(history, undefined, { generator: "9.9.9" }));
    await expect(restore(left, history)).rejects.toThrow(
      "1.0.0 of d cannot be restored: d/1.0.0/SHA256SUMS is not what its commit gives when it is built again. Either another version than factpress 1 built it, or the catalogue was changed.",
    );
    expect(releases(left).size).toBe(0);
  });
});
