import { describe, expect, it } from "vitest";
import { boundedSource, boundedSourceHistory } from "../../../lambdas/bounded-source.ts";
import { SourceTooLargeError } from "../../../lambdas/source-too-large-error.ts";
import type { History, Source } from "../../../lib/ports/ports.ts";

const LIMITS = { files: 3, fileBytes: 100, totalBytes: 150, depth: 1 };
const sourceOf = (files: Record<string, number>): Source => ({
  list: async () => Object.entries(files).map(([path, bytes]) => ({ path, bytes })),
  async *read(path) {
    yield Buffer.from(path);
  },
});
const read = async (source: Source, path: string): Promise<string> => {
  let text = "";
  for await (const chunk of source.read(path)) text += Buffer.from(chunk).toString();
  return text;
};
const SMALL = { "dataset.json": 1, "schema.json": 1 };

describe("a source that is bounded", () => {
  it.each<[string, Record<string, number>, string]>([
    ["files", { ...SMALL, "a/1.json": 1, "a/2.json": 1 }, "4 files (maximum 3)"],
    ["bytes", { ...SMALL, "a.json": 100, "b.json": 49 }, "151 bytes (maximum 150)"],
    ["bytes of a file", { ...SMALL, "a.json": 101 }, "a.json has 101 bytes (maximum 100)"],
    ["nested folders", { ...SMALL, "a/b/c.json": 1 }, "a/b/c.json is nested deeper than 1 folder"],
  ])("reads what describes the dataset, and no records, if it has too many %s", async (_what, files, why) => {
    const limits = { ...LIMITS, files: why.includes("files") ? 3 : 4 };
    const source = boundedSource(sourceOf(files), limits);
    expect(await source.list()).toHaveLength(Object.keys(files).length);
    expect([await read(source, "dataset.json"), await read(source, "schema.json")]).toEqual(["dataset.json", "schema.json"]);
    const records = Object.keys(files).at(-1) as string;
    await expect(read(source, records)).rejects.toThrow(new SourceTooLargeError(`Too large for a function: ${why}`));
  });

  it("is read as ever at its limits, from a history as well", async () => {
    const source = sourceOf({ "dataset.json": 1, "a/b.json": 100, "c.json": 49 });
    expect(await read(boundedSource(source, LIMITS), "a/b.json")).toBe("a/b.json");
    const history = boundedSourceHistory({ at: () => source } as unknown as History, LIMITS);
    expect(await read(history.at({ id: null, date: null, tree: null }), "c.json")).toBe("c.json");
  });
});
