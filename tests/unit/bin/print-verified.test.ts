import { describe, expect, it } from "vitest";
import { printAuthentication } from "../../../bin/commands/print-authentication.ts";
import { printVerified } from "../../../bin/commands/print-verified.ts";
import { nothingVerified, type Verified } from "../../../lib/verify/nothing-verified.ts";
import { printed } from "../../printed.ts";

const NOW = new Date("2025-01-04T00:00:00Z");
const lines = async (verified: Partial<Verified>, version?: string, now = NOW): Promise<string[]> =>
  (await printed(() => printVerified("d", { ...nothingVerified(), ...verified }, version, now))).split("\n").slice(0, -1);

describe("printVerified", () => {
  it("counts verified releases and files", async () => {
    expect(await lines({ releases: 1, files: 1, bytes: 49_999, unsigned: ["1.0.0"] })).toEqual([
      "d  OK: 1 release verified (1 file, 0.0 MB); not signed",
    ]);
    expect(await lines({ releases: 2, files: 3, bytes: 1_250_001 })).toEqual(["d  OK: 2 releases verified (3 files, 1.3 MB); signed"]);
  });

  it("names the keys, and unsigned releases", async () => {
    expect((await lines({ releases: 2, keys: ["k", "l"] }))[0]).toMatch(/; all signed by k, l$/);
    expect((await lines({ releases: 3, keys: ["k"], unsigned: ["1.0.0"] }))[0]).toMatch(/; 2 releases signed by k; not signed: 1\.0\.0$/);
    const unsigned = Array.from({ length: 21 }, (_, i) => `1.0.${i}`);
    expect((await lines({ releases: 22, keys: ["k"], unsigned }))[0]).toMatch(/; 1 release signed by k; not signed: 1\.0\.0, .*1\.0\.19$/);
  });

  it("lists removed releases, notes, and what could not be compared", async () => {
    expect((await lines({ removed: ["1.0.0", "1.1.0"], notes: ["a note"], uncompared: ["a page"] })).slice(1)).toEqual([
      "  removed by the publisher: 1.0.0, 1.1.0",
      "  a note",
      "  Not compared: a page",
    ]);
  });

  it("prints the time as of which the newest release is the newest", async () => {
    const head = { issued: "2025-01-01T00:00:00Z", expires: "2025-01-04T00:00:00Z" };
    const known = "  1.0.0 is the newest release as of 2025-01-01T00:00:00Z, when the publisher last signed";
    expect((await lines({ head }, "1.0.0")).slice(1)).toEqual([`${known}.`]);
    expect((await lines({ head }, "1.0.0", new Date(NOW.getTime() + 1))).slice(1)).toEqual([
      `${known}; it should have been renewed by 2025-01-04T00:00:00Z.`,
    ]);
    expect((await lines({ head: { ...head, expires: null } }, "1.0.0", new Date("2035-01-01"))).slice(1)).toEqual([`${known}.`]);
    expect((await lines({ head }, undefined)).slice(1)).toEqual([]);
    expect((await lines({}, "1.0.0")).slice(1)).toEqual([]);
  });
});

describe("printAuthentication", () => {
  it("names the key, or explains how to get one", async () => {
    expect(await printed(() => printAuthentication(["k", "l"], true))).toBe("Authenticated: signed by k, l (a key from --keys).\n");
    expect(await printed(() => printAuthentication(["k"], false))).toMatch(
      /^Not authenticated: the public keys come from the checked site itself: .*\. Get the publisher's public keys \(jwks\.json\)/,
    );
    expect(await printed(() => printAuthentication([], false))).toMatch(/^Not authenticated: no key confirms its origin\. Get /);
  });
});
