import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { inlineEngine } from "../../../lib/adapters/threads/inline-engine.ts";
import { engineWithThreads } from "../../../lib/adapters/threads/threaded-engine.ts";
import { buildDataset } from "../../../lib/build/build-dataset.ts";
import { finishRelease } from "../../../lib/build/finish-release.ts";
import { CellCounter } from "../../../lib/engine/fast/cell-counter.ts";
import { FORMATS, RECORDS_FORMAT } from "../../../lib/formats/formats.ts";
import { recordsFile } from "../../../lib/formats/records-file.ts";
import { CountedTables } from "../../../lib/ports/counted-tables.ts";
import { parseRecordLine } from "../../../lib/ports/parse-record-line.ts";
import type { ReleaseFolder, StartEngine } from "../../../lib/ports/ports.ts";
import { readWhole } from "../../../lib/ports/read-whole.ts";
import { emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { loadRelease } from "../../../lib/render/load-release.ts";
import type { TablePlan } from "../../../lib/schema/table-plan.ts";
import { pageEnvironment } from "../../../lib/site/page-environment.ts";
import { releasePage } from "../../../lib/site/pages.tsx";
import { memorySource } from "../../memory-source.ts";
import { RUNTIME } from "../../runtime.ts";

const text = { type: "string" };
const nullable = { type: ["string", "null"] };
const value = { type: "object", properties: { date: { type: "string", format: "edtf" }, number: { type: "number" }, text: nullable } };
const properties = {
  id: { type: "integer" },
  kind: { type: "string", references: "kinds" },
  note: nullable,
  value,
  list: { type: "array", items: text },
};
const SCHEMA = {
  type: "object",
  properties: {
    kinds: {
      type: "array",
      primaryKey: ["id"],
      items: { type: "object", required: ["id"], properties: { id: text, name: { ...text, title: "Name" } } },
    },
    t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties } },
    none: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: text } } },
  },
};

/** Records of every kind: nested, null, missing and empty values, and values that the kernel refuses or writes differently. */
const ODD: ((i: number) => string)[] = [
  (i) => `{"id":${i},"kind":"a","note":"","value":{"date":"2020","number":1.5,"text":""}}`,
  (i) => `{"id":${i},"note":null,"value":{"text":null},"list":[]}`,
  (i) => `{"id":${i}}`,
  (i) => `{"id":${i},"value":{},"list":["","${"x".repeat(500)}"]}`,
  (i) => `{ "list": ["x"], "note" : "\\u00e9" , "id":${i}, "kind": "b" }`,
  // Refused by the kernel: an exponent, and an escaped name.
  (i) => `{"id":${i},"note":"","value":{"number":1e99,"text":""}}`,
  (i) => `{"id":${i},"\\u006eote":"","value":{"number":0}}`,
];
const recordsOf = (count: number): string =>
  `[\n${Array.from({ length: count }, (_, i) => (ODD[i % ODD.length] as (i: number) => string)(i)).join(",\n")}\n]\n`;

const filesOf = (count: number): Record<string, string> => ({
  "dataset.json": JSON.stringify({ name: "d", title: "D", description: "Odd.", licenses: [{ name: "CC0-1.0" }] }),
  "schema.json": JSON.stringify(SCHEMA),
  "kinds.json": JSON.stringify(
    [
      { id: "a", name: "" },
      { id: "b", name: "B" },
    ],
    null,
    1,
  ),
  "t.json": recordsOf(count),
  "none.json": "[]\n",
  "views/odd.sql": "SELECT id, note, CASE WHEN id % 2 = 0 THEN '' END AS half FROM t WHERE id < 100 ORDER BY id",
  "views/odd.json": JSON.stringify({
    ...{ title: "Odd", description: "A view.", type: "array", primaryKey: ["id"] },
    items: { type: "object", required: ["id"], properties: { id: { type: "integer" }, note: text, half: text } },
  }),
});

async function build(files: Record<string, string>, startEngine: StartEngine, formats = FORMATS.filter(({ scope }) => scope === "table")) {
  const workspace = memoryWorkspace();
  const countedTables = new CountedTables();
  const runtime = { ...RUNTIME, startEngine, countedTables };
  const built = await buildDataset(memorySource(files), runtime, { folder: "d", workspace, formats });
  return { ...built, workspace, countedTables };
}

const THREADS: [string, StartEngine][] = [
  ["one thread", inlineEngine],
  ["two threads", engineWithThreads(2)],
];

describe("the counts of a build", () => {
  it.each(THREADS)("equal those of its NDJSON, in %s", async (_, startEngine) => {
    const { dataset, problems, artifacts, workspace, countedTables } = await build(filesOf(20_000), startEngine);
    expect(problems).toEqual([]);
    const plans = dataset?.plans ?? [];
    expect(plans.map(({ name }) => name)).toEqual(["kinds", "t", "none", "odd"]);
    for (const plan of plans) {
      const counter = new CellCounter(plan, parseRecordLine);
      counter.add(await readWhole(workspace.read(recordsFile(plan.name))));
      const { sha256 } = artifacts.find(({ name }) => name === recordsFile(plan.name)) as { sha256: string };
      const counts = countedTables.get(sha256, plan);
      if (plan.name !== "none") expect([counts?.records, counts?.columns]).toEqual([counter.counts.records, counter.counts.columns]);
      if (plan.name === "odd") expect(counts?.columns[2]).toEqual({ filled: 50, empty: 50 });
    }
  });

  it("lead to the same page", async () => {
    const { dataset, artifacts, workspace, countedTables } = await build(filesOf(700), inlineEngine);
    if (!dataset) throw new Error("There are problems");
    const facts = { commit: null, date: null, previous: null, generator: "1" };
    await finishRelease(dataset, facts, { tables: artifacts, workspace });
    const folder: ReleaseFolder = { bytes: (name) => readWhole(workspace.read(name)), read: (name) => workspace.read(name) };
    const pageOf = async (release: ReleaseFolder): Promise<string> => {
      const shown = { version: null, catalogue: emptyCatalogue("d"), isNewest: true };
      const { page } = await loadRelease(release, shown, { base: "d/", rest: "d.json", env: pageEnvironment("assets/", undefined) });
      return releasePage(page);
    };
    expect(await pageOf({ ...folder, countedTables })).toBe(await pageOf(folder));
  });

  it("are remembered if there are no problems and NDJSON was written", async () => {
    const isRemembered = async (files: Record<string, string>, format: string): Promise<boolean> => {
      const formats = FORMATS.filter(({ name }) => name === format);
      return (await build(files, inlineEngine, formats)).countedTables.get(sha256, kinds) !== undefined;
    };
    const { dataset, artifacts } = await build(filesOf(3), inlineEngine, [RECORDS_FORMAT]);
    const kinds = dataset?.plans.find(({ name }) => name === "kinds") as TablePlan;
    const { sha256 } = artifacts.find(({ name }) => name === "kinds.ndjson") as { sha256: string };
    expect(await isRemembered(filesOf(3), "ndjson")).toBe(true);
    expect(await isRemembered(filesOf(3), "csv")).toBe(false);
    expect(await isRemembered({ ...filesOf(3), "t.json": '[{"id":"a"}]' }, "ndjson")).toBe(false);
  });
});
