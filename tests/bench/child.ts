import { createReadStream, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { RUNTIME } from "../../bin/runtime.ts";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { folderWorkspace } from "../../lib/adapters/folder/folder-workspace.ts";
import { buildTables } from "../../lib/build/build-dataset.ts";
import { compareRecords } from "../../lib/build/compare-records.ts";
import { checkDataset, readDataset } from "../../lib/check/check-dataset.ts";
import { FORMATS } from "../../lib/formats/formats.ts";
import type { TablePlan } from "../../lib/schema/table-plan.ts";

/** One measured process: `floor`, `check`, `build`, `diff`, `duckdb` or the name of a format, on the dataset in a folder. */
const [task, folder = ""] = process.argv.slice(2);
const facts = join(folder, "facts.json");
const start = performance.now();
/** Of what was written. */
let bytes: number | undefined;
if (task === "floor") JSON.stringify(JSON.parse(readFileSync(facts, "utf8")));
else if (task === "check") {
  const { problemCount } = await checkDataset(folderSource(folder), RUNTIME);
  if (problemCount > 0) throw new Error(`${problemCount} problems`);
} else if (task === "build") {
  const source = folderSource(folder);
  const { dataset } = await readDataset(source);
  const workspace = await folderWorkspace(join(folder, "out"));
  const { problemCount } = await buildTables(dataset as NonNullable<typeof dataset>, source, RUNTIME, { workspace });
  if (problemCount > 0) throw new Error(`${problemCount} problems`);
  await workspace.discard();
} else if (FORMATS.some(({ name }) => name === task)) {
  const source = folderSource(folder);
  const { dataset } = await readDataset(source);
  const workspace = await folderWorkspace(join(folder, "out"));
  const only = { ...(dataset as NonNullable<typeof dataset>), formats: [task as string] };
  const formats = FORMATS.filter(({ name }) => name === task);
  const { artifacts } = await buildTables(only, source, RUNTIME, { workspace, formats });
  bytes = artifacts.reduce((sum, artifact) => sum + artifact.bytes, 0);
  await workspace.discard();
} else if (task === "diff") {
  const { dataset } = await readDataset(folderSource(folder));
  const plan = (dataset as NonNullable<typeof dataset>).plans.find(({ name }) => name === "facts") as TablePlan;
  const workspace = await folderWorkspace(join(folder, "out"));
  const { counts } = await compareRecords(plan, records(facts, 0), records(facts, 100), workspace);
  if (counts.changed + counts.added + counts.removed === 0) throw new Error("nothing differs");
  await workspace.discard();
} else if (task === "duckdb") {
  const { DuckDBInstance } = (await import("@duckdb/node-api" as string)) as {
    DuckDBInstance: { create(): Promise<{ connect(): Promise<{ run(sql: string): Promise<unknown> }> }> };
  };
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`CREATE VIEW facts AS SELECT * FROM read_json('${facts}', format = 'array')`);
  await connection.run(`COPY facts TO '${folder}/duck.csv' (HEADER)`);
  await connection.run(`COPY facts TO '${folder}/duck.json' (ARRAY true)`);
  await connection.run(`COPY facts TO '${folder}/duck.ndjson'`);
  for (const name of ["csv", "json", "ndjson"]) rmSync(`${folder}/duck.${name}`);
}
/** The records of a compact file as NDJSON; where `every` is set, so many are changed, gone, and moved to the end. */
async function* records(path: string, every: number): AsyncGenerator<Uint8Array> {
  const moved: Buffer[] = [];
  let i = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const text = line.replace(/,$/, "");
    if (!text.startsWith("{")) continue;
    i += 1;
    if (every && i % every === 0) yield Buffer.from(`${text.replace('"note":"', '"note":"corrected ')}\n`);
    else if (every && i % every === 2) moved.push(Buffer.from(`${text}\n`));
    else if (!every || i % every !== 1) yield Buffer.from(`${text}\n`);
  }
  yield* moved;
}

const { user, system } = process.cpuUsage();
process.stdout.write(
  JSON.stringify({
    wallMs: performance.now() - start,
    cpuMs: (user + system) / 1000,
    peakMB: process.resourceUsage().maxRSS / 1024,
    bytes,
  }),
);
