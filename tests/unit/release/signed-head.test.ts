import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Catalogue, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { HeadError } from "../../../lib/release/head-error.ts";
import {
  compareWithSignedHead,
  HEAD_RENEWED_MS,
  HEAD_VALID_MS,
  parseSignedHead,
  parseSignedHeadFile,
  type SignedHead,
  signedHeadEntry,
  signedHeadFileText,
  signedHeadHeader,
  signedHeadInput,
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
    ["an additional release", [3, 1, 0], "extended"],
    ["an additional withdrawal", [2, 2, 0], "extended"],
    ["an additional removal", [2, 1, 1], "extended"],
    ["a missing release", [1, 1, 0], "older"],
    ["a missing withdrawal", [2, 0, 0], "older"],
    ["nothing", [0, 0, 0], "older"],
    ["an additional release and a missing withdrawal", [3, 0, 0], "different"],
    ["an additional removal and a missing release", [1, 1, 1], "different"],
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
    ["a count with a fraction", { datasets: { d: { ...head.datasets["d"], withdrawn: 0.5 } } }],
    ["a count that is missing", { datasets: { d: { ...head.datasets["d"], removed: undefined } } }],
    ["a hash that is too short", { datasets: { d: { ...head.datasets["d"], catalogue: "a".repeat(63) } } }],
    ["a hash with a prefix", { datasets: { d: { ...head.datasets["d"], catalogue: `x${"a".repeat(64)}` } } }],
    ["a hash with a suffix", { datasets: { d: { ...head.datasets["d"], catalogue: `${"a".repeat(64)}x` } } }],
    ["an upper-case hash", { datasets: { d: { ...head.datasets["d"], catalogue: "A".repeat(64) } } }],
    ["a date with a prefix", { issued: "x2025-01-01T00:00:00Z" }],
    ["a date with a suffix", { issued: "2025-01-01T00:00:00Z " }],
    ["an expiry without a time", { expires: "2025-01-01" }],
    ["no site", { site: undefined }],
    ["no datasets", { datasets: undefined }],
    ["null for a dataset", { datasets: { d: null } }],
  ])("refuses %s", (_what, changed) => {
    expect(() => parseSignedHead(Buffer.from(JSON.stringify({ ...head, ...changed })))).toThrow(HeadError);
  });

  it("reads what signedHeadFileText writes", () => {
    const file = { payload: "cA", protected: "aA", signature: "cw" };
    expect(signedHeadFileText(file)).toBe('{\n "payload": "cA",\n "protected": "aA",\n "signature": "cw"\n}\n');
    expect(parseSignedHeadFile(Buffer.from(signedHeadFileText(file)))).toEqual(file);
  });

  it("refuses a file whose parts are missing or not strings", () => {
    const file = { payload: "cA", protected: "aA", signature: "cw" };
    for (const part of Object.keys(file))
      for (const value of [undefined, 1, null])
        expect(() => parseSignedHeadFile(Buffer.from(JSON.stringify({ ...file, [part]: value }))), part).toThrow(
          new HeadError("The head is not a flattened JSON Web Signature"),
        );
    expect(() => parseSignedHeadFile(Buffer.from("{"))).toThrow(new HeadError("The head is not JSON"));
    expect(() => parseSignedHead(Buffer.from("{}"))).toThrow(new HeadError("The head lacks a field, or a field has the wrong type"));
  });

  it("is signed with its own protected header", () => {
    const header = signedHeadHeader("k");
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({ alg: "ES256", kid: "k", typ: "factpress-head+json" });
    expect(Buffer.from(signedHeadInput("k", "cA")).toString()).toBe(`${header}.cA`);
    expect([HEAD_VALID_MS, HEAD_RENEWED_MS]).toEqual([259_200_000, 86_400_000]);
  });

  it("refuses files that are not JSON, not an object, or not a JWS", () => {
    for (const text of ["{", "null", "[]", "1"]) expect(() => parseSignedHead(Buffer.from(text))).toThrow(HeadError);
    expect(() => parseSignedHead(Buffer.from("{"))).toThrow("The head is not JSON");
    for (const text of ["{", "null", '{"payload":"","protected":""}', '{"payload":1,"protected":"","signature":""}'])
      expect(() => parseSignedHeadFile(Buffer.from(text)), text).toThrow(HeadError);
  });
});
