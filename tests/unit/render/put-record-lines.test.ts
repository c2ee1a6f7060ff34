import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { buildDatasetTables } from "../../../lib/build/build-dataset.ts";
import { readDataset } from "../../../lib/check/read-dataset.ts";
import type { Source } from "../../../lib/ports/ports.ts";
import { locateCorrected } from "../../../lib/render/locate-corrected.ts";
import { putRecordLines } from "../../../lib/render/put-record-lines.ts";
import { recordLinesObjectKey } from "../../../lib/render/record-lines-object-key.ts";
import { makeExplorerModel } from "../../../lib/site/explorer/make-explorer-model.ts";
import { rowAnchor } from "../../../lib/site/explorer/row-anchor.ts";
import { RUNTIME } from "../../runtime.ts";

/** Keys that would be equal if their values were joined with a separator. */
const RECORDS = [
  { river: "a/b", gauge: "c", metres: 1 },
  { river: "a", gauge: "b/c", metres: 2 },
  { river: "a~1b", gauge: "c", metres: 3 },
  { river: "rhine", gauge: "1", metres: 4 },
];
const FILES: Record<string, unknown> = {
  "dataset.json": { name: "small", title: "Small", description: "Levels of rivers.", licenses: [{ name: "CC0-1.0" }] },
  "schema.json": {
    type: "object",
    properties: {
      levels: {
        type: "array",
        primaryKey: ["river", "gauge"],
        items: {
          type: "object",
          required: ["river", "gauge", "metres"],
          properties: { river: { type: "string" }, gauge: { type: "string" }, metres: { type: "number" } },
        },
      },
    },
  },
  "levels.json": `[\n${RECORDS.map((record) => JSON.stringify(record)).join(",\n")}\n]\n`,
};
const texts = new Map(Object.entries(FILES).map(([path, value]) => [path, typeof value === "string" ? value : JSON.stringify(value)]));
const source: Source = {
  list: async () => [...texts].map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) })),
  async *read(path) {
    yield Buffer.from(texts.get(path) ?? "");
  },
};

describe("rows of a table with a composite key", () => {
  it("have unique HTML ids, under which the line to correct is found", async () => {
    const { dataset, problems } = await readDataset(source);
    if (!dataset) throw new Error(problems[0]?.message);
    const locate = locateCorrected(dataset);
    await buildDatasetTables({ dataset, source, runtime: RUNTIME }, { workspace: memoryWorkspace(), locate });
    const objects = new Map<string, Uint8Array>();
    await putRecordLines(memoryStore(objects), "1.0.0", dataset, locate?.locations);
    const lines = JSON.parse(Buffer.from(objects.get(recordLinesObjectKey("small", "1.0.0")) ?? []).toString()) as Record<string, string>;

    const [plan] = dataset.plans;
    if (!plan) throw new Error("no table");
    const { rows } = makeExplorerModel({
      ...{ plan, records: RECORDS, total: RECORDS.length, labels: new Map(), others: new Map(), base: "" },
    }).model;
    expect(rows.map(({ id }) => lines[id])).toEqual(["levels.json#L2", "levels.json#L3", "levels.json#L4", "levels.json#L5"]);
    expect(new Set(rows.map(({ id }) => rowAnchor("levels", id))).size).toBe(RECORDS.length);
    // Anchors in earlier citations keep working.
    expect(rows[3]?.id).toBe("rhine/1");
  });
});
