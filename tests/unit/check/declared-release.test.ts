import { describe, expect, it } from "vitest";
import { declaredRelease } from "../../../lib/check/declared-release.ts";
import { memorySource } from "../../memory-source.ts";
import { dataset, metadata } from "./empty-dataset.ts";

describe("declaredRelease", () => {
  it("returns the block of dataset.json", async () => {
    expect(await declaredRelease(dataset("d", { version: "1.0.0" }))).toEqual({ version: "1.0.0" });
    expect(await declaredRelease(dataset("d"))).toEqual({});
  });

  it("is empty if the file is missing, too large, or has problems", async () => {
    expect(await declaredRelease(memorySource({}))).toEqual({});
    expect(await declaredRelease(memorySource({ "dataset.json": "{" }))).toEqual({});
    expect(await declaredRelease(memorySource({ "dataset.json": { ...metadata("d", { version: "1.0.0" }), licenses: 1 } }))).toEqual({});
    const large = memorySource({ "dataset.json": metadata("d", { version: "1.0.0" }) });
    expect(await declaredRelease({ ...large, list: async () => [{ path: "dataset.json", bytes: 1e9 }] })).toEqual({});
  });
});
