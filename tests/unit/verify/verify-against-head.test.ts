import { describe, expect, it } from "vitest";
import { HEAD_OBJECT_KEY } from "../../../lib/contract/head-object-key.ts";
import { sha256 } from "../../../lib/ports/sha256.ts";
import { type Catalogue, type CatalogueEntry, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { HeadError } from "../../../lib/release/head-error.ts";
import { type SignedHead, signedHeadEntry, signedHeadText } from "../../../lib/release/signed-head.ts";
import { nothingVerified } from "../../../lib/verify/nothing-verified.ts";
import { parseKeptHead } from "../../../lib/verify/parse-kept-head.ts";
import { readSignedHead } from "../../../lib/verify/read-signed-head.ts";
import { VerificationError } from "../../../lib/verify/verification-error.ts";
import { verifyAgainstHead, verifyAgainstKept } from "../../../lib/verify/verify-against-head.ts";
import { verifyContinues } from "../../../lib/verify/verify-continues.ts";
import { Branch } from "../../protocol/world.ts";
import { makeSigner, publishSigned } from "../../trust/signed-world.ts";

const entry = (version: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  ...{ version, date: null, commit: "a".repeat(40), level: "first", manifest: "0".repeat(64) },
  ...more,
});
/** Newest first. */
const listing = (...releases: CatalogueEntry[]): Catalogue => ({ ...emptyCatalogue("d"), releases });
const one = listing(entry("1.0.0"));
const two = listing(entry("1.0.1"), entry("1.0.0"));
const event = { version: "1.0.0", reason: "wrong", commit: null, date: null };
const head = (...catalogues: Catalogue[]): SignedHead => ({
  ...{ site: null, issued: "2025-01-01T00:00:00Z", expires: null, generator: "1", pages: "p" },
  datasets: Object.fromEntries(catalogues.map((catalogue) => [catalogue.dataset, signedHeadEntry(catalogue, sha256)])),
});
const continues = (then: Catalogue, now: Catalogue | undefined) => verifyContinues("d", "it", signedHeadEntry(then, sha256), now);

describe("verifyContinues", () => {
  it("distinguishes the same catalogue from one that has grown", () => {
    expect(continues(one, one)).toBe("same");
    expect(continues(one, two)).toBe("extended");
    expect(continues(one, { ...one, withdrawn: [event] })).toBe("extended");
    expect(continues(one, { ...one, removed: [event] })).toBe("extended");
  });

  it.each<[string, Catalogue, Catalogue | undefined, string]>([
    ["is missing", two, undefined, "is missing, but it lists 2: a release was dropped, or this is an old copy"],
    ["lacks a release", two, one, "lists 1 release, but it lists 2: a release was dropped, or this is an old copy"],
    ["lacks all", two, listing(), "lists 0 releases, but it lists 2: a release was dropped, or this is an old copy"],
    [
      "lacks a removal",
      { ...two, removed: [event] },
      two,
      "lists 2 releases, but it lists 2: a release was dropped, or this is an old copy",
    ],
    [
      "has an additional release and lacks a removal",
      { ...one, withdrawn: [event] },
      two,
      "is not a later state of the catalogue in it: it was rewritten",
    ],
    [
      "has other entries",
      two,
      listing(entry("1.0.1"), entry("1.0.0", { level: "patch" })),
      "is not a later state of the catalogue in it: it was rewritten",
    ],
  ])("fails when the catalogue %s", (_what, then, now, message) => {
    expect(() => continues(then, now)).toThrow(new VerificationError("d/releases.json", message));
  });
});

describe("verifyAgainstHead", () => {
  const against = (signed: SignedHead, catalogue: Catalogue) => {
    const result = nothingVerified();
    return { covered: verifyAgainstHead(signed, catalogue, result), result };
  };
  const BEYOND =
    "releases.json has withdrawals, removals or marks of rewritten history that the signed head does not cover. The publisher signs last: try again in a minute.";

  it("reports when the head was signed, and whether it covers the whole catalogue", () => {
    const { covered, result } = against({ ...head(two), expires: "2025-01-04T00:00:00Z" }, two);
    expect([covered, result.uncompared]).toEqual([true, []]);
    expect(result.head).toEqual({ issued: "2025-01-01T00:00:00Z", expires: "2025-01-04T00:00:00Z" });
    expect(against(head(one), two)).toMatchObject({ covered: false, result: { uncompared: [] } });
  });

  it.each<[string, Catalogue]>([
    ["a withdrawal", { ...two, withdrawn: [event] }],
    ["a removal", { ...two, removed: [event] }],
    ["a break", listing(entry("1.0.1", { break: true }), entry("1.0.0"))],
  ])("reports %s beyond the head as not compared", (_what, catalogue) => {
    expect(against(head(one), catalogue)).toMatchObject({ covered: false, result: { uncompared: [BEYOND] } });
  });

  it("accepts a break that the head covers", () => {
    const broken = listing(entry("1.0.0", { break: true }));
    expect(against(head(broken), listing(entry("1.0.1"), entry("1.0.0", { break: true }))).result.uncompared).toEqual([]);
  });

  it("treats a dataset that the head does not name as one without releases", () => {
    expect(against(head(), one)).toMatchObject({ covered: false, result: { uncompared: [] } });
    expect(against(head(), listing())).toMatchObject({ covered: true });
    expect(against(head(), { ...one, withdrawn: [event] }).result.uncompared).toEqual([BEYOND]);
  });
});

describe("a remembered head", () => {
  it("is compared for the datasets that it names", () => {
    verifyAgainstKept(head(one), "d", two, "mine");
    verifyAgainstKept(head(), "d", undefined, "mine");
    expect(() => verifyAgainstKept(head(two), "d", one, "mine")).toThrow(/lists 1 release, but mine lists 2/);
    expect(() => verifyAgainstKept(head(two), "d", undefined, "mine")).toThrow(/is missing, but mine lists 2/);
  });

  it("is read signed or as it was remembered; its signature is checked if keys are given", async () => {
    const w = await publishSigned(new Branch().push({ records: { a: "1" } }));
    const signed = w.objects.get(HEAD_OBJECT_KEY) as Uint8Array;
    const { keys } = await makeSigner();
    const read = parseKeptHead(signed, w.signer.keys, "kept.json");
    expect(read.datasets).toHaveProperty("d");
    expect(parseKeptHead(signed, undefined, "kept.json")).toEqual(read);
    expect(() => parseKeptHead(signed, keys, "kept.json")).toThrow(/^kept\.json is signed with the key/);
    expect(parseKeptHead(Buffer.from(signedHeadText(read)), keys, "kept.json")).toEqual(read);
    expect(() => parseKeptHead(Buffer.from("{}"), keys, "kept.json")).toThrow(HeadError);
    expect(await readSignedHead(w.store, w.signer.keys)).toEqual(read);
    expect(await readSignedHead({ get: async () => undefined }, w.signer.keys)).toBeUndefined();
  });
});
