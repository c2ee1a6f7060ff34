import { createReadStream, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compileLater } from "../../bin/compile-later.ts";
import { RUNTIME } from "../../bin/runtime.ts";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { folderWorkspace } from "../../lib/adapters/folder/folder-workspace.ts";
import { engineWithThreads } from "../../lib/adapters/threads/threaded-engine.ts";
import { buildDatasetTables } from "../../lib/build/build-dataset.ts";
import { compareRecords } from "../../lib/build/compare-records.ts";
import { checkDataset } from "../../lib/check/check-dataset.ts";
import { readDataset } from "../../lib/check/read-dataset.ts";
import type { Dataset } from "../../lib/dataset/dataset.ts";
import { FORMATS } from "../../lib/formats/formats.ts";
import type { Runtime } from "../../lib/ports/runtime.ts";
import type { TablePlan } from "../../lib/schema/table-plan.ts";

/**
 * One measured process on the dataset in a folder: `check`, `diff`, `publish`; `build`, `duckdb` or `duckdb-view` with formats (`csv,json`). A number
 * at the end is the number of engine threads.
 */
const [task, folder = "", names = "", threads] = process.argv.slice(2);
const runtime: Runtime = threads === undefined ? RUNTIME : { ...RUNTIME, startEngine: engineWithThreads(Number(threads)) };
/** Of the written files. */
let bytes: number | undefined;

async function dataset(): Promise<Dataset> {
  const opened = await readDataset(folderSource(folder));
  if (!opened.dataset) throw new Error(`No dataset: ${JSON.stringify(opened.problems)}`);
  return opened.dataset;
}

async function build(): Promise<void> {
  const formats = FORMATS.filter(({ name }) => names.split(",").includes(name));
  const workspace = await folderWorkspace(join(folder, "out"));
  const only = { ...(await dataset()), formats: formats.map(({ name }) => name) };
  const { artifacts, problemCount } = await buildDatasetTables(
    { dataset: only, source: folderSource(folder), runtime },
    { workspace, formats },
  );
  if (problemCount > 0) throw new Error(`${problemCount} problems`);
  bytes = artifacts.reduce((sum, artifact) => sum + artifact.bytes, 0);
  await workspace.discard();
}

/** Compares a table with one in which one record in a hundred is changed, one removed, and one moved to the end. */
async function diff(): Promise<void> {
  const plan = (await dataset()).plans.find(({ name }) => name === "facts") as TablePlan;
  const workspace = await folderWorkspace(join(folder, "out"));
  const old = () => createReadStream(join(folder, "../old.ndjson"), { highWaterMark: 1 << 20 });
  const now = () => createReadStream(join(folder, "../now.ndjson"), { highWaterMark: 1 << 20 });
  const { counts } = await compareRecords(plan, { old, now, hasSameKey: true }, workspace);
  if (counts.changed === 0 || counts.removed === 0) throw new Error("nothing differs");
  await workspace.discard();
}

const COPIES: Record<string, string> = {
  csv: "(FORMAT csv, HEADER)",
  json: "(FORMAT json, ARRAY true)",
  ndjson: "(FORMAT json)",
  parquet: "(FORMAT parquet, COMPRESSION snappy)",
};

/** Reads the same JSON, once or once for each format, and copies it to the same formats, without a check or hashes. */
async function duckdb(read: "TABLE" | "VIEW"): Promise<void> {
  // Installed only for the benchmark, and not part of the bundle.
  const { resolve } = createRequire(process.env["FACTPRESS_BENCH_FROM"] as string);
  const { DuckDBInstance } = (await import(pathToFileURL(resolve("@duckdb/node-api")).href)) as {
    DuckDBInstance: { create(): Promise<{ connect(): Promise<{ run(sql: string): Promise<unknown> }> }> };
  };
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`CREATE ${read} facts AS SELECT * FROM read_json('${folder}/facts.json', format = 'array')`);
  for (const name of names.split(",")) {
    await connection.run(`COPY facts TO '${folder}/duck.${name}' ${COPIES[name]}`);
    rmSync(`${folder}/duck.${name}`);
  }
}

/** Publishes the commits of a clone to a store beside it, with pages. */
async function publishClone(): Promise<void> {
  // Only this task needs the pages.
  const { publish } = await import("../../bin/commands/publish.ts");
  process.chdir(join(folder, "../.."));
  const write = process.stdout.write.bind(process.stdout);
  // Progress messages are not figures.
  process.stdout.write = () => true;
  const code = await publish(undefined, { store: "../store" });
  process.stdout.write = write;
  if (code !== 0) throw new Error("the release was refused");
}

const TASKS: Record<string, () => Promise<void>> = {
  async check() {
    const { problemCount } = await checkDataset(folderSource(folder), runtime);
    if (problemCount > 0) throw new Error(`${problemCount} problems`);
  },
  build,
  diff,
  duckdb: () => duckdb("TABLE"),
  "duckdb-view": () => duckdb("VIEW"),
  publish: publishClone,
};

// As the program does (bin/run-limited.ts).
compileLater();
await TASKS[task as string]?.();
const { user, system } = process.cpuUsage();
// Since the start of the process, as a user experiences it.
process.stdout.write(
  JSON.stringify({ wallMs: performance.now(), cpuMs: (user + system) / 1000, peakMB: process.resourceUsage().maxRSS / 1024, bytes }),
);
