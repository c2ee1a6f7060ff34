import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { buildDataset } from "../../../lib/build/build-dataset.ts";
import { checkChange } from "../../../lib/build/check-change.ts";
import { openBase } from "../../../lib/build/open-base.ts";
import { STARTER_RECORD } from "../../../lib/dataset/placeholder-problems.ts";
import type { Task } from "../../../lib/engine/engine.ts";
import type { History, Source } from "../../../lib/ports/ports.ts";
import type { Runtime } from "../../../lib/ports/runtime.ts";
import { writeSite } from "../../../lib/render/site.ts";
import { publish, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const lakes = (depth: number): object[] => [
  { id: "como", depth },
  { id: "garda", depth: 346 },
];
const VISITS = [{ id: "first", lake: "como" }];
const id = { type: "string" };

/** A table that another table refers to, and an SQL check that names both. */
const filesOf = (depth: number): Record<string, unknown> => ({
  "dataset.json": { name: "d", title: "Lakes", description: "Depths.", licenses: [{ name: "CC0-1.0" }], release: { version: "1.0.0" } },
  "schema.json": {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: ["lakes", "visits"],
    additionalProperties: false,
    properties: {
      lakes: {
        type: "array",
        primaryKey: ["id"],
        items: { type: "object", required: ["id"], additionalProperties: false, properties: { id, depth: { type: "number" } } },
      },
      visits: {
        type: "array",
        primaryKey: ["id"],
        items: {
          type: "object",
          required: ["id", "lake"],
          additionalProperties: false,
          properties: { id, lake: { ...id, references: "lakes" } },
        },
      },
    },
  },
  "checks/visits-deep.sql":
    "-- table: visits\nSELECT visits.id, 'too shallow' AS message FROM visits JOIN lakes ON lakes.id = lake WHERE depth < 1",
  "lakes.json": lakes(depth),
  "visits.json": VISITS,
});

/** Counts how often each file is read, and how many records of each table an engine gets for each task. */
class Counter {
  readonly reads: Record<string, number> = {};
  readonly records: Record<string, number> = {};

  readonly runtime: Runtime = {
    ...RUNTIME,
    startEngine: (setup, bytes) => {
      const engine = RUNTIME.startEngine(setup, bytes);
      return {
        ...engine,
        run: async (batch, task: Task) => {
          const result = await engine.run(batch, task);
          const name = `${task === "index" ? "index" : "parse"} ${setup.plan.name}`;
          this.records[name] = (this.records[name] ?? 0) + result.records;
          return result;
        },
      };
    },
  };

  source(files: Record<string, unknown>): Source {
    const texts = new Map(
      Object.entries(files).map(([path, value]) => [path, typeof value === "string" ? value : JSON.stringify(value, null, 1)]),
    );
    return {
      list: async () => [...texts].map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) })),
      read: (path) => {
        this.reads[path] = (this.reads[path] ?? 0) + 1;
        return (async function* () {
          yield Buffer.from(texts.get(path) as string);
        })();
      },
    };
  }

  /** A branch of one commit. */
  history(files: Record<string, unknown>): History {
    const tip = { id: "1".repeat(40), date: "2024-01-01T00:00:00Z", tree: "a" };
    return {
      after: async (since) => ({ position: "on", base: null, commits: since === tip.id ? [] : [tip], tip }),
      position: async () => "on",
      isTipWithin: async () => false,
      at: () => this.source(files),
    };
  }
}

/** Each file once, but a table that others refer to: it is indexed before references to it are checked. */
const READS = { "dataset.json": 1, "schema.json": 1, "checks/visits-deep.sql": 1, "lakes.json": 2, "visits.json": 1 };
const RECORDS = { "index lakes": 2, "parse lakes": 2, "parse visits": 1 };

describe("the text of a record is parsed once", () => {
  it("by check, which runs SQL checks and compares with a base", async () => {
    const counter = new Counter();
    const base = await openBase("main", new Counter().source(filesOf(400)), RUNTIME, memoryWorkspace());
    const checked = await checkChange(counter.source(filesOf(410)), counter.runtime, { folder: "d", findBase: async () => base });
    expect(checked.problems).toEqual([]);
    expect(checked.change).toMatchObject({ level: "patch" });
    expect(counter.reads).toEqual(READS);
    expect(counter.records).toEqual(RECORDS);
  });

  it("by build, which runs SQL checks and writes every format", async () => {
    const counter = new Counter();
    const built = await buildDataset(counter.source(filesOf(410)), counter.runtime, { folder: "d", workspace: memoryWorkspace() });
    expect(built.artifacts.map(({ name }) => name)).toEqual(expect.arrayContaining(["lakes.csv", "visits.ndjson", "d.json"]));
    expect(counter.reads).toEqual(READS);
    expect(counter.records).toEqual(RECORDS);
  });

  it("by publish, which also names the lines of records for pages", async () => {
    const counter = new Counter();
    const w = world();
    await writeSite(w.store, { url: "https://data.example.org", repository: { url: "https://github.com/a/b", data: "data" } });
    const { released } = await publish({ ...w, history: counter.history(filesOf(410)), runtime: counter.runtime });
    expect(released.map(({ version }) => version)).toEqual(["1.0.0"]);
    expect(JSON.parse(Buffer.from(w.objects.get("pages/d/explorer/1.0.0.lines.json") ?? []).toString())).toEqual({
      como: "lakes.json#L3",
      garda: "lakes.json#L7",
    });
    expect(counter.reads).toEqual(READS);
    expect(counter.records).toEqual(RECORDS);
  });

  it("and the record of a new dataset is found in the same pass", async () => {
    const columns = Object.fromEntries(Object.keys(STARTER_RECORD).map((name) => [name, { type: "string" }]));
    const lakesSchema = { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: columns } };
    const { "checks/visits-deep.sql": _, "visits.json": _visits, ...others } = filesOf(410);
    const schema = { type: "object", properties: { lakes: lakesSchema } };
    const files = { ...others, "schema.json": schema, "lakes.json": [STARTER_RECORD] };
    const reads = { "dataset.json": 1, "schema.json": 1, "lakes.json": 1 };
    const checking = new Counter();
    const { problems } = await checkChange(checking.source(files), checking.runtime, { folder: "d" });
    expect(problems).toMatchObject([{ file: "lakes.json", line: 2, message: expect.stringContaining("is the example of a new dataset") }]);
    expect(checking.reads).toEqual(reads);
    const publishing = new Counter();
    const { released, unreleased } = await publish({ ...world(), history: publishing.history(files), runtime: publishing.runtime });
    expect([released, unreleased.map((commit) => commit.problems)]).toEqual([[], [problems]]);
    expect(publishing.reads).toEqual(reads);
  });

  it("and an SQL check that finds a record reads its table once more", async () => {
    const counter = new Counter();
    const { problems } = await checkChange(counter.source(filesOf(0)), counter.runtime, { folder: "d" });
    expect(problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual(["visits.json:3 too shallow"]);
    expect(counter.reads).toEqual({ ...READS, "visits.json": 2 });
  });
});
