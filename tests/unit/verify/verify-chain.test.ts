import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { LAYOUT } from "../../../lib/contract/layout.ts";
import { removeRelease } from "../../../lib/publish/remove-release.ts";
import type { Catalogue, CatalogueEntry } from "../../../lib/release/catalogue.ts";
import { nothingVerified, type Verified } from "../../../lib/verify/nothing-verified.ts";
import { type ChainToVerify, verifyChain } from "../../../lib/verify/verify-chain.ts";
import { Branch, type Made } from "../../protocol/world.ts";
import { catalogueOf, makeSigner, publishSigned, refusalOf, remote, type Signed } from "../../trust/signed-world.ts";

const records = (value: string): Made => ({ records: { a: value } });
const w = await publishSigned(new Branch().push(records("1"), records("2"), records("3")));
const catalogue = catalogueOf(w.objects);
const WHERE = "d/releases.json";

const chain = (more: Partial<ChainToVerify> = {}): ChainToVerify => ({
  ...{ store: w.store, dataset: "d", keys: w.signer.keys, mustBeSigned: true },
  ...more,
});
async function verified(changed: Catalogue = catalogue, more: Partial<ChainToVerify> = {}): Promise<Verified> {
  const result = nothingVerified();
  await verifyChain(chain(more), changed, result);
  return result;
}
const entryWith = (version: string, changed: Partial<CatalogueEntry>): Catalogue => ({
  ...catalogue,
  releases: catalogue.releases.map((entry) => (entry.version === version ? { ...entry, ...changed } : entry)),
});
const event = (version: string, reason: string | null = "wrong") => ({ version, reason, commit: null, date: null });

describe("verifyChain", () => {
  it("counts releases, and names each key once and unsigned releases", async () => {
    expect(await verified()).toMatchObject({ releases: 3, unsigned: [], removed: [], keys: [w.signer.publicKey.kid] });
    const objects = new Map(w.objects);
    objects.delete("d/1.0.1/SHA256SUMS.jws");
    const partly = await verified(catalogue, { store: remote(objects), mustBeSigned: false });
    expect(partly).toMatchObject({ releases: 3, unsigned: ["1.0.1"], keys: [w.signer.publicKey.kid] });
  });

  it.each<[string, Partial<CatalogueEntry>, string]>([
    ["another date", { date: "2020-01-01T00:00:00Z" }, "has created 2024-01-02T00:00:00Z, but releases.json has 2020-01-01T00:00:00Z"],
    ["no date", { date: null }, "has created 2024-01-02T00:00:00Z, but releases.json has undefined"],
    ["no commit", { commit: null }, `has commit ${"2".padStart(40, "0")}, but releases.json has null`],
    ["no layout", { layout: undefined as never }, `has layout ${LAYOUT}, but releases.json has 1`],
  ])("fails when the catalogue has %s", async (_what, changed, message) => {
    expect(await refusalOf(verified(entryWith("1.0.1", changed)))).toBe(`d/1.0.1/datapackage.json ${message}`);
  });

  it("fails when a release names a different previous one", async () => {
    const [newest, , oldest] = catalogue.releases as [CatalogueEntry, CatalogueEntry, CatalogueEntry];
    expect(await refusalOf(verified({ ...catalogue, releases: [newest, oldest] }))).toBe(
      "d/1.0.2/datapackage.json names another release before it than releases.json (1.0.0): the chain is broken",
    );
    expect(await refusalOf(verified({ ...catalogue, releases: [newest] }))).toBe(
      "d/1.0.2/datapackage.json names another release before it than releases.json (none): the chain is broken",
    );
  });

  it("fails when a level differs from that of changes.json, or the first release has one", async () => {
    expect(await refusalOf(verified(entryWith("1.0.2", { level: "minor" })))).toBe(
      `${WHERE} lists 1.0.2 as minor, but its changes.json as patch`,
    );
    expect(await refusalOf(verified(entryWith("1.0.0", { level: "minor" })))).toBe(
      `${WHERE} lists 1.0.0 as minor, but it is the first release`,
    );
  });

  it("fails when a release was compared with a different one than in its changes.json", async () => {
    const skipping = { ...entryWith("1.0.2", { comparedWith: "1.0.0" }), withdrawn: [event("1.0.1")] };
    expect(await refusalOf(verified(skipping))).toBe(`${WHERE} lists 1.0.2 as compared with 1.0.0, but its changes.json with 1.0.1`);
  });

  it.each([
    ["1.0.1", "the release before it"],
    ["1.0.2", "itself"],
    ["9.9.9", "no release"],
  ])("fails when a release claims to be compared with %s, which is %s", async (comparedWith) => {
    expect(await refusalOf(verified(entryWith("1.0.2", { comparedWith })))).toBe(
      `${WHERE} lists 1.0.2 as compared with ${comparedWith}, which is not older than the release before it`,
    );
  });

  it("fails when a release in between was never withdrawn or removed", async () => {
    const skipping = entryWith("1.0.2", { comparedWith: "1.0.0" });
    const message = `${WHERE} lists 1.0.2 as compared with 1.0.0, although 1.0.1 in between is neither withdrawn nor removed`;
    for (const withdrawn of [[], [event("1.0.1", null)], [event("1.0.0")], [event("1.0.2")]])
      expect(await refusalOf(verified({ ...skipping, withdrawn }))).toBe(message);
    expect(await refusalOf(verified({ ...skipping, withdrawn: [event("1.0.1"), event("1.0.1", null)] }))).toMatch(/its changes\.json with/);
  });

  it("accepts a comparison past releases that were withdrawn", async () => {
    const history = new Branch().push(records("1"), { records: { a: "1", b: "1" } });
    const withdrawn = [{ version: "1.1.0", reason: "wrong" }];
    const skipping = await publishSigned(history.push({ ...records("2"), withdrawn }));
    const found = catalogueOf(skipping.objects);
    expect(found.releases[0]).toMatchObject({ version: "1.1.1", comparedWith: "1.0.0" });
    expect((await verified(found, { store: skipping.store, keys: skipping.signer.keys })).releases).toBe(3);
  });

  it("fails when a release is not signed by a trusted key, and must be", async () => {
    const objects = new Map(w.objects);
    objects.delete("d/1.0.2/SHA256SUMS.jws");
    expect(await refusalOf(verified(catalogue, { store: remote(objects) }))).toBe(
      "d/1.0.2/SHA256SUMS.jws is missing: this release is not signed by a key that you trust",
    );
    const { keys } = await makeSigner();
    expect(await refusalOf(verified(catalogue, { keys }))).toMatch(/^d\/1\.0\.0\/SHA256SUMS\.jws is signed with the key/);
  });
});

describe("verifyChain of a store with a removed release", () => {
  const reason = "a court";
  const removed = async (): Promise<Signed> => {
    const history = new Branch().push(records("1"), records("2"), records("3"));
    const made = await publishSigned(history.push({ ...records("3"), removed: [{ version: "1.0.1", reason }] }));
    await removeRelease(made.store, made.aliases, "d", "1.0.1");
    return made;
  };

  it("accepts tombstones with any given reason, and lists removed releases", async () => {
    const made = await removed();
    const found = catalogueOf(made.objects);
    const { store, signer } = made;
    expect((await verified(found, { store, keys: signer.keys })).removed).toEqual(["1.0.1"]);
    const later = { ...found, removed: [...found.removed, event("1.0.1", "another reason")] };
    expect((await verified(later, { store, keys: signer.keys })).removed).toEqual(["1.0.1"]);
    const other = { ...found, removed: [event("1.0.1", "another reason")] };
    expect(await refusalOf(verified(other, { store, keys: signer.keys }))).toMatch(/is neither the removed file nor its tombstone$/);
  });

  it("accepts no tombstone in a release that is not removed", async () => {
    const made = await removed();
    const found = { ...catalogueOf(made.objects), removed: [event("1.0.0", reason)] };
    expect(await refusalOf(verified(found, { store: made.store, keys: made.signer.keys }))).toMatch(
      /^d\/1\.0\.1\/.* was changed: its SHA-256/,
    );
  });
});

describe("verifyChain of a store that can be listed", () => {
  const withFile = (key: string) => memoryStore(new Map([...w.objects, [key, Buffer.from("x")]]));

  it.each([
    ["d/more.csv", "d/more.csv is not part of a release, and factpress writes nothing of that name"],
    ["d/latest/t.csv", "d/latest/t.csv is not part of a release, and factpress writes nothing of that name"],
    ["d/1.0.0x/t.csv", "d/1.0.0x/t.csv is not part of a release, and factpress writes nothing of that name"],
    ["d/x1.0.0/t.csv", "d/x1.0.0/t.csv is not part of a release, and factpress writes nothing of that name"],
    ["d/1.0.1/more.csv", "d/1.0.1/more.csv is not part of the release: SHA256SUMS does not name it"],
    ["d/1.0.1/a/t.csv", "d/1.0.1/a/t.csv is not part of the release: SHA256SUMS does not name it"],
  ])("fails when there is %s", async (key, message) => {
    expect(await refusalOf(verified(catalogue, { store: withFile(key) }))).toBe(message);
    expect((await verified(catalogue, { store: remote(new Map([...w.objects, [key, Buffer.from("x")]])) })).releases).toBe(3);
  });

  it.each(["d/feed.xml", "e/more.csv"])("accepts %s", async (key) => {
    expect(await verified(catalogue, { store: withFile(key) })).toMatchObject({ releases: 3, notes: [] });
  });

  it("notes a folder of a version that the catalogue does not list", async () => {
    const { releases, notes } = await verified(catalogue, { store: withFile("d/1.10.0/SHA256SUMS") });
    expect([releases, notes]).toEqual([
      3,
      ["d/1.10.0/ is not a release: releases.json does not list it. A publisher is running or was interrupted, or someone added it."],
    ]);
  });
});
