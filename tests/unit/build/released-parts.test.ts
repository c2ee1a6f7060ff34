import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FolderWorkspace, folderWorkspace } from "../../../lib/adapters/folder/folder-workspace.ts";
import { inlineEngine } from "../../../lib/adapters/threads/inline-engine.ts";
import { engineWithThreads } from "../../../lib/adapters/threads/threaded-engine.ts";
import { threadedWriter } from "../../../lib/adapters/threads/threaded-writer.ts";
import { buildCheckedDataset } from "../../../lib/build/build-dataset.ts";
import { readDataset } from "../../../lib/check/read-dataset.ts";
import { FORMATS } from "../../../lib/formats/formats.ts";
import type { Artifact, Source, StartEngine } from "../../../lib/ports/ports.ts";
import { RUNTIME } from "../../runtime.ts";

const FILES: Record<string, unknown> = {
  "dataset.json": { name: "d", title: "D", description: "Texts.", licenses: [{ name: "CC0-1.0" }], release: { version: "1.0.0" } },
  "schema.json": {
    type: "object",
    properties: {
      t: {
        type: "array",
        primaryKey: ["id"],
        items: {
          type: "object",
          required: ["id"],
          properties: { id: { type: "integer" }, text: { type: "string" }, list: { type: "array", items: { type: "string" } } },
        },
      },
    },
  },
  "checks/t-long.sql": "-- table: t\nSELECT id, 'too long' AS message FROM t WHERE length(text) > 99999",
};

/** A table of several batches. */
const TABLE = Array.from({ length: 7000 }, (_, i) => JSON.stringify({ id: i, text: `${i} `.repeat(i % 97), list: [`a${i}`, "b"] }));

const source: Source = {
  list: async () => [...files()].map(([path, { length }]) => ({ path, bytes: length })),
  async *read(path) {
    yield files().get(path) as Buffer;
  },
};
const files = (): Map<string, Buffer> =>
  new Map(
    [...Object.entries(FILES), ["t.json", undefined] as const].map(([path, value]) => [
      path,
      Buffer.from(value === undefined ? `[\n${TABLE.join(",\n")}\n]\n` : typeof value === "string" ? value : JSON.stringify(value)),
    ]),
  );

/** An engine that overwrites parts as soon as they are released. */
const overwriting =
  (start: StartEngine): StartEngine =>
  (...args) => {
    const engine = start(...args);
    return {
      ...engine,
      release(result) {
        for (const { chunks } of result.parts) for (const chunk of chunks) chunk.fill(0xff);
        engine.release(result);
      },
    };
  };

describe("the parts of a batch", () => {
  let folder = "";
  let expected: Artifact[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "factpress-parts-"));
    expected = await build(inlineEngine);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function build(startEngine: StartEngine): Promise<Artifact[]> {
    const { dataset } = await readDataset(source);
    if (!dataset) throw new Error("no dataset");
    const formats = FORMATS.filter(({ scope }) => scope !== "archive");
    const workspace: FolderWorkspace = await folderWorkspace(folder);
    const runtime = { ...RUNTIME, startEngine, startWriter: threadedWriter };
    const { problems, artifacts } = await buildCheckedDataset({ dataset, source, runtime }, { workspace, formats });
    expect(problems).toEqual([]);
    await workspace.discard();
    return artifacts;
  }

  it.each([
    ["here", inlineEngine],
    ["in threads", engineWithThreads(2)],
  ])("are kept by no format after they are written: the engine runs %s", async (_, start) => {
    expect(await build(overwriting(start))).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
  });
});
