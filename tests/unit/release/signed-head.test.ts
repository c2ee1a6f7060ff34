import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Catalogue, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { HeadError } from "../../../lib/release/head-error.ts";
import {
  compareWithSignedHead,
  parseSignedHead,
  parseSignedHeadFile,
  type SignedHead,
  signedHeadEntry,
  signedHeadText,
} from "../../../lib/release/signed-head.ts";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const entry = (version: string, manifest = "b"): Catalogue["releases"][number] => ({
  version,
  date: null,
  commit: null,
  level: "patch",
  manifest: manifest.repeat(64),
});
const event = { version: "1.0.0", reason: "wrong", commit: null, date: null };
const catalogue = (releases: number, withdrawn = 0, removed = 0): Catalogue => ({
  ...emptyCatalogue("d"),
  releases: Array.from({ length: releases }, (_, i) => entry(`1.0.${releases - 1 - i}`)),
  withdrawn: Array.from({ length: withdrawn }, () => event),
  removed: Array.from({ length: removed }, () => event),
});
const head: SignedHead = {
  site: null,
  issued: "2025-01-01T00:00:00Z",
  expires: null,
  generator: "1",
  pages: "p",
  datasets: { d: { releases: 0, withdrawn: 0, removed: 0, catalogue: "a".repeat(64) } },
};

describe("compareWithSignedHead", () => {
  it.each<[string, [number, number, number], string]>([
    ["the same counts", [2, 1, 0], "same"],
    ["one release more", [3, 1, 0], "extended"],
    ["one withdrawal more", [2, 2, 0], "extended"],
    ["one removal more", [2, 1, 1], "extended"],
    ["one release less", [1, 1, 0], "older"],
    ["one withdrawal less", [2, 0, 0], "older"],
    ["nothing", [0, 0, 0], "older"],
    ["one release more and one withdrawal less", [3, 0, 0], "different"],
    ["one removal more and one release less", [1, 1, 1], "different"],
  ])("distinguishes a catalogue with %s", (_what, counts, standing) => {
    expect(compareWithSignedHead(signedHeadEntry(catalogue(2, 1), hash), catalogue(...counts), hash)).toBe(standing);
  });

  it("detects a rewritten catalogue", () => {
    const rewritten = { ...catalogue(3), releases: [entry("1.0.2"), entry("1.0.1", "c"), entry("1.0.0")] };
    expect(compareWithSignedHead(signedHeadEntry(catalogue(2), hash), rewritten, hash)).toBe("different");
    expect(compareWithSignedHead(signedHeadEntry(catalogue(1), hash), rewritten, hash)).toBe("extended");
  });
});

describe("parseSignedHead", () => {
  it("reads what signedHeadText writes", () => {
    expect(parseSignedHead(Buffer.from(signedHeadText(head)))).toEqual(head);
    const full = { ...head, site: "https://data.example.org", expires: "2025-01-04T00:00:00Z" };
    expect(parseSignedHead(Buffer.from(signedHeadText(full)))).toEqual(full);
  });

  it.each<[string, object]>([
    ["a number for the site", { site: 1 }],
    ["a date without a time", { issued: "2025-01-01" }],
    ["a date with fractions", { issued: "2025-01-01T00:00:00.000Z" }],
    ["a number for the expiry", { expires: 1 }],
    ["no generator", { generator: undefined }],
    ["no pages", { pages: undefined }],
    ["a list of datasets", { datasets: [] }],
    ["a count below zero", { datasets: { d: { ...head.datasets["d"], releases: -1 } } }],
    ["a count that is not whole", { datasets: { d: { ...head.datasets["d"], withdrawn: 0.5 } } }],
    ["a count that is missing", { datasets: { d: { ...head.datasets["d"], removed: undefined } } }],
    ["a hash that is too short", { datasets: { d: { ...head.datasets["d"], catalogue: "a".repeat(63) } } }],
    ["null for a dataset", { datasets: { d: null } }],
  ])("refuses %s", (_what, changed) => {
    expect(() => parseSignedHead(Buffer.from(JSON.stringify({ ...head, ...changed })))).toThrow(HeadError);
  });

  it("refuses what is no JSON, no object, or no JWS", () => {
    for (const text of ["{", "null", "[]", "1"]) expect(() => parseSignedHead(Buffer.from(text))).toThrow(HeadError);
    expect(() => parseSignedHead(Buffer.from("{"))).toThrow("The head is not JSON");
    for (const text of ["{", "null", '{"payload":"","protected":""}', '{"payload":1,"protected":"","signature":""}'])
      expect(() => parseSignedHeadFile(Buffer.from(text)), text).toThrow(HeadError);
  });
});
