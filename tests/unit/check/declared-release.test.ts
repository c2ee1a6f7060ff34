import { describe, expect, it } from "vitest";
import { declaredRelease } from "../../../lib/check/declared-release.ts";
import type { Source } from "../../../lib/ports/ports.ts";
import type { Schema } from "../../../lib/schema/table-plan.ts";
import { memorySource } from "../../memory-source.ts";

const text: Schema = { type: "string" };
const SCHEMA = {
  type: "object",
  properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: text } } } },
};
const metadata = (name: string, release?: object): object => ({
  ...{ name, title: "D", description: "d", licenses: [{ name: "CC0-1.0" }] },
  ...(release ? { release } : {}),
});
const dataset = (name: string, release?: object): Source =>
  memorySource({ "dataset.json": metadata(name, release), "schema.json": SCHEMA, "t.json": "[]" });

describe("declaredRelease", () => {
  it("is the block of dataset.json", async () => {
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
