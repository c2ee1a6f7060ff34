import { describe, expect, it } from "vitest";
import { memoryAliases } from "../../../lib/adapters/memory/memory-aliases.ts";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { HEAD_OBJECT_KEY } from "../../../lib/contract/head-object-key.ts";
import { type Catalogue, catalogueText } from "../../../lib/release/catalogue.ts";
import { parseSignedHead, parseSignedHeadFile } from "../../../lib/release/signed-head.ts";
import { siteOf } from "../../../lib/render/site.ts";
import { ASSETS } from "../../../lib/site/assets.ts";
import { Branch, type Made } from "../../protocol/world.ts";
import { catalogueOf, makeSigner, publishSigned, refusalOf, remote, type Signed, verifyD } from "../../trust/signed-world.ts";

const records = (value: string): Made => ({ records: { a: value } });
const two = (): Branch => new Branch().push(records("1"), records("2"));

/** A copy of a store with some objects replaced (undefined: deleted). */
function withObjects(
  { objects }: Pick<Signed, "objects">,
  changed: Record<string, string | Uint8Array | undefined>,
): Map<string, Uint8Array> {
  const copy = new Map(objects);
  for (const [key, value] of Object.entries(changed))
    if (value === undefined) copy.delete(key);
    else copy.set(key, Buffer.from(value));
  return copy;
}
const changedCatalogue = (w: Signed, change: (catalogue: Catalogue) => object): string => {
  const catalogue = catalogueOf(w.objects);
  return catalogueText({ ...catalogue, ...change(catalogue) } as Catalogue);
};
const text = ({ objects }: Signed, key: string): string => Buffer.from(objects.get(key) as Uint8Array).toString();

describe("verifyDataset", () => {
  it("counts releases, files and bytes, and names the key and the head", async () => {
    const w = await publishSigned(two());
    const verified = await verifyD(w.store, { keys: w.signer.keys, aliases: w.aliases });
    const manifest = (version: string): number => text(w, `d/${version}/SHA256SUMS`).split("\n").length - 1;
    const pages = [...w.objects.keys()].filter(
      (key) => (key.startsWith("pages/d/") && !key.endsWith(".lines.json")) || key === "d/feed.xml",
    );
    expect(verified).toMatchObject({
      releases: 2,
      files: 1 + manifest("1.0.0") + manifest("1.0.1") + pages.length + ASSETS.length,
      unsigned: [],
      removed: [],
      keys: [w.signer.publicKey.kid],
      notes: [],
      uncompared: [],
      head: { issued: "2025-01-01T00:00:00Z", expires: "2025-01-04T00:00:00Z" },
    });
    const sizes = [...w.objects]
      .filter(([key]) => pages.includes(key) || /^(d\/1|assets)/.test(key))
      .map(([key, { length }]) => (/SHA256SUMS/.test(key) ? 0 : length));
    expect(verified.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
  });

  it.each<[string, (w: Signed) => Record<string, string | Uint8Array | undefined>, RegExp]>([
    ["a catalogue is missing", () => ({ "d/releases.json": undefined }), /^d\/releases\.json is missing/],
    ["a catalogue is damaged", () => ({ "d/releases.json": "{" }), /^d\/releases\.json is damaged: line 1/],
    ["a key set is damaged", () => ({ ".well-known/jwks.json": "{" }), /^\.well-known\/jwks\.json is not a list of keys/],
    [
      "a key set is written differently",
      (w) => ({ ".well-known/jwks.json": `${text(w, ".well-known/jwks.json")} ` }),
      /jwks\.json is not a list/,
    ],
    ["a manifest is missing", () => ({ "d/1.0.0/SHA256SUMS": undefined }), /^d\/1\.0\.0\/SHA256SUMS is missing/],
    ["a manifest is not a list", () => ({ "d/1.0.0/SHA256SUMS": "x" }), /^d\/1\.0\.0\/SHA256SUMS is not a list/],
    [
      "a manifest was replaced",
      (w) => ({ "d/1.0.0/SHA256SUMS": w.objects.get("d/1.0.1/SHA256SUMS") }),
      /SHA256SUMS was changed: its SHA-256 is/,
    ],
    ["a file is missing", () => ({ "d/1.0.1/t.csv": undefined }), /^d\/1\.0\.1\/t\.csv is missing/],
    [
      "a file was changed",
      () => ({ "d/1.0.1/t.csv": "x" }),
      /^d\/1\.0\.1\/t\.csv was changed: its SHA-256 is [0-9a-f]{64}, but SHA256SUMS/,
    ],
    ["a file is not listed", () => ({ "d/1.0.1/more.csv": "x" }), /^d\/1\.0\.1\/more\.csv is not part of the release/],
    ["a file in a folder is not listed", () => ({ "d/1.0.1/more/t.csv": "x" }), /more\/t\.csv is not part of the release/],
    ["a file is next to releases", () => ({ "d/more.csv": "x" }), /^d\/more\.csv is not part of a release/],
    ["a folder is next to releases", () => ({ "d/latest/t.csv": "x" }), /^d\/latest\/t\.csv is not part of a release/],
    [
      "a signature is of another release",
      (w) => ({ "d/1.0.1/SHA256SUMS.jws": w.objects.get("d/1.0.0/SHA256SUMS.jws") }),
      /^d\/1\.0\.1\/SHA256SUMS\.jws does not match SHA256SUMS/,
    ],
    [
      "a signature is encoded differently",
      (w) => ({ "d/1.0.1/SHA256SUMS.jws": `${text(w, "d/1.0.1/SHA256SUMS.jws")}\n` }),
      /not a detached signature/,
    ],
    [
      "a level is different",
      (w) => ({ "d/releases.json": changedCatalogue(w, ({ releases: [a, b] }) => ({ releases: [{ ...a, level: "major" }, b] })) }),
      /lists 1\.0\.1 as major, but its changes\.json as patch/,
    ],
    [
      "the first release has a level",
      (w) => ({ "d/releases.json": changedCatalogue(w, ({ releases: [a, b] }) => ({ releases: [a, { ...b, level: "patch" }] })) }),
      /lists 1\.0\.0 as patch, but it is the first release/,
    ],
    [
      "the chain is broken",
      (w) => ({ "d/releases.json": changedCatalogue(w, ({ releases: [a] }) => ({ releases: [{ ...a, level: "first" }] })) }),
      /the chain is broken/,
    ],
    [
      "a commit is different",
      (w) => ({ "d/releases.json": changedCatalogue(w, ({ releases: [a, b] }) => ({ releases: [{ ...a, commit: "f".repeat(40) }, b] })) }),
      /has commit 0+2, but releases\.json has f{40}/,
    ],
    [
      "a layout is different",
      (w) => ({ "d/releases.json": changedCatalogue(w, ({ releases: [a, b] }) => ({ releases: [{ ...a, layout: 1 }, b] })) }),
      /^d\/1\.0\.1\/datapackage\.json has layout \d+, but releases\.json has 1$/,
    ],
    [
      "comparedWith is the previous release",
      (w) => ({ "d/releases.json": changedCatalogue(w, ({ releases: [a, b] }) => ({ releases: [{ ...a, comparedWith: "1.0.0" }, b] })) }),
      /compared with 1\.0\.0, which is not older than the release before it/,
    ],
    [
      "a page was changed",
      () => ({ "pages/d/1.0.0/index.html": "<h1>EVIL" }),
      /^pages\/d\/1\.0\.0\/index\.html does not match the releases/,
    ],
    ["a page is missing", () => ({ "pages/d/1.0.0/index.html": undefined }), /^pages\/d\/1\.0\.0\/index\.html is missing/],
    [
      "a page belongs to no release",
      () => ({ "pages/d/t/evil/index.html": "<h1>EVIL" }),
      /^pages\/d\/t\/evil\/index\.html belongs to no release/,
    ],
    ["a feed was changed", () => ({ "d/feed.xml": "x" }), /^d\/feed\.xml does not match the releases/],
    ["a script was changed", () => ({ [`assets/${ASSETS[0]?.name}`]: "alert(1)" }), /^assets\/.* was changed/],
    ["a script is missing", () => ({ [`assets/${ASSETS[0]?.name}`]: undefined }), /^assets\/.* is missing/],
    ["the head is not JSON", () => ({ [HEAD_OBJECT_KEY]: "{" }), /factpress-head\.json cannot be read: The head is not JSON/],
    [
      "the head has another payload",
      (w) => ({
        [HEAD_OBJECT_KEY]: JSON.stringify({ ...parseSignedHeadFile(w.objects.get(HEAD_OBJECT_KEY) as Uint8Array), payload: "e30" }),
      }),
      /does not match its payload/,
    ],
    ["the head lacks a part", () => ({ [HEAD_OBJECT_KEY]: '{"payload":"e30"}' }), /not a flattened JSON Web Signature/],
  ])("fails when %s", async (_what, change, message) => {
    const w = await publishSigned(two());
    const store = memoryStore(withObjects(w, change(w)));
    expect(await refusalOf(verifyD(store, { keys: w.signer.keys, aliases: w.aliases }).then(() => undefined))).toMatch(message);
  });

  it("fails when a release of another dataset, or another version, is served", async () => {
    const w = await publishSigned(two());
    const copy = new Map(w.objects);
    for (const [key, bytes] of w.objects) if (key.startsWith("d/1.0.0/")) copy.set(key.replace("d/1.0.0", "d/9.9.9"), bytes);
    copy.set("d/releases.json", Buffer.from(changedCatalogue(w, ({ releases: [, b] }) => ({ releases: [{ ...b, version: "9.9.9" }] }))));
    copy.delete(HEAD_OBJECT_KEY);
    expect(await refusalOf(verifyD(remote(copy), { keys: w.signer.keys }))).toMatch(/has version 1\.0\.0, but releases\.json has 9\.9\.9/);
  });

  it("fails without a signature only if keys are given", async () => {
    const w = await publishSigned(two());
    const objects = withObjects(w, { "d/1.0.1/SHA256SUMS.jws": undefined });
    expect(await refusalOf(verifyD(remote(objects), { keys: w.signer.keys }))).toMatch(
      /1\.0\.1\/SHA256SUMS\.jws is missing: this release is not signed/,
    );
    expect(await verifyD(remote(objects))).toMatchObject({ unsigned: ["1.0.1"], keys: [w.signer.publicKey.kid] });
  });

  it("fails when another key signed, even if the store lists it", async () => {
    const w = await publishSigned(two());
    const other = await makeSigner();
    expect(await refusalOf(verifyD(w.store, { keys: other.keys }))).toMatch(/which is not among the public keys/);
    const renamed = { keys: [{ ...(other.keys.keys[0] as object), kid: w.signer.publicKey.kid }] } as typeof other.keys;
    expect(await refusalOf(verifyD(w.store, { keys: renamed }))).toMatch(/another key is listed under this id/);
    const noPoint = { keys: [{ ...w.signer.publicKey, x: "AAAA" }] };
    expect(await refusalOf(verifyD(w.store, { keys: noPoint }))).toMatch(/another key is listed under this id/);
  });

  it("cannot tell whether newer releases were dropped if there is no head, with --keys", async () => {
    const w = await publishSigned(two());
    const objects = withObjects(w, { [HEAD_OBJECT_KEY]: undefined });
    const text = "There is no signed head (.well-known/factpress-head.json), so it is unknown whether newer releases were dropped.";
    expect((await verifyD(remote(objects), { keys: w.signer.keys })).uncompared).toEqual([`${text} Publishing with a key writes one.`]);
    expect(await verifyD(remote(objects))).toMatchObject({ uncompared: [], notes: [text] });
    const unsigned = new Map([...objects].filter(([key]) => !key.endsWith(".jws")));
    expect(await verifyD(remote(unsigned))).toMatchObject({ uncompared: [], notes: [] });
  });

  it("detects a dropped newest release by the head, or by an earlier head", async () => {
    const history = two();
    const w = await publishSigned(history);
    const early = new Map(w.objects);
    const kept = {
      head: parseSignedHead(Buffer.from(parseSignedHeadFile(w.objects.get(HEAD_OBJECT_KEY) as Uint8Array).payload, "base64url")),
      from: "mine",
    };
    await publishSigned(history.push(records("3")), w);
    const rolledBack = withObjects(w, { "d/releases.json": early.get("d/releases.json") as Uint8Array });
    expect(await refusalOf(verifyD(remote(rolledBack), { keys: w.signer.keys }))).toMatch(
      /lists 2 releases, but the signed head lists 3: a release was dropped/,
    );
    expect((await verifyD(w.store, { kept: [kept] })).releases).toBe(3);
    const newer = {
      head: parseSignedHead(Buffer.from(parseSignedHeadFile(w.objects.get(HEAD_OBJECT_KEY) as Uint8Array).payload, "base64url")),
      from: "mine",
    };
    expect(await refusalOf(verifyD(remote(early), { kept: [newer] }))).toMatch(/lists 2 releases, but mine lists 3/);
  });

  it("accepts a catalogue with newer signed releases than the head, but not newer withdrawals", async () => {
    const history = two();
    const w = await publishSigned(history);
    const head = w.objects.get(HEAD_OBJECT_KEY) as Uint8Array;
    await publishSigned(history.push(records("3")), w);
    expect((await verifyD(remote(withObjects(w, { [HEAD_OBJECT_KEY]: head })), { keys: w.signer.keys })).uncompared).toEqual([]);
    await publishSigned(history.push({ ...records("3"), withdrawn: [{ version: "1.0.0", reason: "wrong" }] }), w);
    expect((await verifyD(remote(withObjects(w, { [HEAD_OBJECT_KEY]: head })), { keys: w.signer.keys })).uncompared).toEqual([
      expect.stringMatching(/has withdrawals, removals or marks of rewritten history that the signed head does not cover/),
    ]);
  });

  it("treats a rewritten history that the head covers as signed", async () => {
    const history = two();
    const w = await publishSigned(history);
    const given = history.tip as string;
    history.reset(history.parentOf(given)).push({ ...records("4"), rewritten: given });
    await publishSigned(history, w);
    expect(catalogueOf(w.objects).releases[0]?.break).toBe(true);
    const head = w.objects.get(HEAD_OBJECT_KEY) as Uint8Array;
    await publishSigned(history.push({ ...records("5"), rewritten: given }), w);
    expect((await verifyD(remote(withObjects(w, { [HEAD_OBJECT_KEY]: head })), { keys: w.signer.keys })).uncompared).toEqual([]);
  });

  it("fails when an alias is wrong, exists without a release, or when the mark is missing", async () => {
    const w = await publishSigned(two());
    const withAlias = (key: string, value: string | undefined) => {
      const entries = new Map(w.entries);
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
      return verifyD(w.store, { keys: w.signer.keys, aliases: memoryAliases(entries) });
    };
    expect(await refusalOf(withAlias("d/latest", "1.0.0"))).toBe("the alias d/latest does not match the catalogue (1.0.1)");
    expect(await refusalOf(withAlias("d/1.0", undefined))).toBe("the alias d/1.0 does not match the catalogue (1.0.1)");
    expect(await refusalOf(withAlias("d/2", "1.0.1"))).toBe("the alias d/2 exists, but the catalogue has no such alias");
    expect((await withAlias("e/2", "1.0.1")).releases).toBe(2);
    const damaged = "the alias d/mark is missing or damaged. Publish again to write pages and aliases";
    for (const mark of [undefined, "{", '{"states":[]}']) expect(await refusalOf(withAlias("d/mark", mark))).toBe(damaged);
    const mark = JSON.parse(w.entries.get("d/mark") as string) as object;
    expect(await refusalOf(withAlias("d/mark", JSON.stringify({ ...mark, catalogue: "0".repeat(64) })))).toBe(
      "d/releases.json differs from the catalogue that pages and aliases were made from (a publisher was interrupted, or it was changed)",
    );
    const elsewhere = { ...w, objects: withObjects(w, { "d/feed.xml": "x" }) };
    const entries = new Map([...w.entries, ["d/mark", JSON.stringify({ ...mark, pages: "0".repeat(16) })]]);
    expect((await verifyD(remote(elsewhere.objects), { keys: w.signer.keys, aliases: memoryAliases(entries) })).uncompared).toEqual([
      "Pages, feed and assets were not compared: another commit of factpress 1 wrote them than this one, which factpress --version names. Verify with the commit that wrote them.",
    ]);
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ["lacks a page", { "pages/d/1.0.0/index.html": undefined }, "pages/d/1.0.0/index.html is missing"],
    ["has an additional page", { "pages/d/t/old/index.html": "old" }, "pages/d/t/old/index.html belongs to no release"],
    ["has a different page", { "pages/d/1.0.0/index.html": "old" }, "pages/d/1.0.0/index.html does not match the releases: it was changed"],
  ])("cannot compare the pages of another version, which %s", async (_what, changed, wrong) => {
    const w = await publishSigned(two(), undefined, { generator: "0" });
    const mark = JSON.parse(w.entries.get("d/mark") as string) as object;
    const before = memoryAliases(new Map([...w.entries, ["d/mark", JSON.stringify({ ...mark, pages: "0".repeat(16) })]]));
    const store = memoryStore(withObjects(w, changed));
    expect((await verifyD(store, { keys: w.signer.keys, aliases: before })).uncompared).toEqual([
      "Pages, feed and assets were not compared: factpress 0 wrote them, but this is 1. Verify with the version that wrote them.",
    ]);
    expect(await refusalOf(verifyD(store, { keys: w.signer.keys, aliases: w.aliases }))).toBe(wrong);
  });

  it("does not fail for pages while a publisher is running", async () => {
    const history = two();
    const w = await publishSigned(history);
    const before = new Map(w.objects);
    await publishSigned(history.push(records("3")), w);
    const busy = withObjects(w, { [HEAD_OBJECT_KEY]: before.get(HEAD_OBJECT_KEY), "pages/d/index.html": before.get("pages/d/index.html") });
    expect((await verifyD(remote(busy), { keys: w.signer.keys })).uncompared).toEqual([
      expect.stringMatching(/a publisher is running, or was interrupted/),
    ]);
    const done = withObjects(w, { "pages/d/index.html": before.get("pages/d/index.html") });
    expect(await refusalOf(verifyD(remote(done), { keys: w.signer.keys }))).toMatch(/pages\/d\/index\.html does not match the releases/);
  });

  it("names the version that wrote the pages if they differ and another version is in the head", async () => {
    const w = await publishSigned(two());
    const pages = [...w.objects.keys()].filter((key) => key.startsWith("pages/d/") || key === "d/feed.xml");
    const replaced = Object.fromEntries(pages.map((key) => [key, "<h1>EVIL"]));
    expect(await refusalOf(verifyD(remote(withObjects(w, replaced)), { keys: w.signer.keys }))).toMatch(/does not match the releases/);
    const { "d/feed.xml": _feed, "pages/d/1.0.0/index.html": _page, ...others } = replaced;
    const unsigned = withObjects(w, { ...others, "pages/d/1.0.0/index.html": undefined, [HEAD_OBJECT_KEY]: undefined });
    expect((await verifyD(remote(unsigned))).uncompared).toEqual([
      "Pages, feed and assets were not compared: another version or commit of factpress wrote them, but this is 1. Verify with the one that wrote them.",
    ]);
    // Some pages equal those of this version, so it must have written them.
    expect(await refusalOf(verifyD(remote(withObjects(w, { [HEAD_OBJECT_KEY]: undefined, [pages[0] as string]: "<h1>EVIL" }))))).toMatch(
      /does not match the releases/,
    );
    const none = Object.fromEntries(pages.map((key) => [key, undefined]));
    expect(await refusalOf(verifyD(remote(withObjects(w, { ...none, [HEAD_OBJECT_KEY]: undefined }))))).toMatch(/is missing$/);
    const site = JSON.stringify({ url: "https://elsewhere.example" });
    const moved = withObjects(w, { "pages/site.json": site });
    expect((await siteOf(remote(moved))).url).toBe("https://elsewhere.example");
    expect((await verifyD(remote(moved), { keys: w.signer.keys })).uncompared).toEqual([expect.stringMatching(/factpress 1 wrote them/)]);
  });
});
