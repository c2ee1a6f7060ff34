import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FORMATS } from "../../lib/formats/formats.ts";
import { printColdStarts } from "./cold.ts";
import { makeDataset } from "./facts.ts";
import { printPage } from "./page.ts";
import { printProofs } from "./proofs.ts";

interface Measured {
  wallMs: number;
  cpuMs: number;
  peakMB: number;
  /** Of what it wrote, where that was counted. */
  bytes?: number;
}

const here = import.meta.dirname;
const asked = process.argv[2] ?? "100000,1000000";
const counts = ["cold", "page", "proofs"].includes(asked) ? [] : asked.split(",").map(Number);

function measure(task: string, folder: string): Measured | string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--max-old-space-size=8192", "--import", "tsx", join(here, "child.ts"), task, folder],
    { encoding: "utf8" },
  );
  return status === 0
    ? (JSON.parse(stdout) as Measured)
    : (stderr.split("\n").find((line) => line.includes("Error")) ?? `ended with ${status}`);
}

if (process.argv[2] === undefined || asked === "cold") await printColdStarts();
if (process.argv[2] === undefined || asked === "page") await printPage();
if (process.argv[2] === undefined || asked === "proofs") printProofs();
const scratch = await mkdtemp(join(tmpdir(), "factpress-bench-"));
try {
  if (counts.length > 0)
    console.log("Each row is a process of its own; the ratio is to the floor of the same file: JSON.parse + JSON.stringify of the whole.");
  for (const count of counts)
    for (const pretty of [false, true]) {
      const folder = join(scratch, `${count}-${pretty}`);
      const file = await makeDataset(folder, count, pretty);
      console.log(`\n${count} facts, ${pretty ? "pretty" : "compact"}, ${(statSync(file).size / 1e6).toFixed(0)} MB`);
      const floor = measure("floor", folder);
      const tasks = [
        "floor",
        "check",
        "build",
        ...(pretty ? [] : FORMATS.map(({ name }) => name)),
        ...(pretty ? [] : ["diff"]),
        ...(existsSync(join(here, "node_modules/@duckdb/node-api")) ? ["duckdb"] : []),
      ];
      for (const task of tasks) {
        const found = task === "floor" ? floor : measure(task, folder);
        const size = typeof found === "string" || found.bytes === undefined ? "" : `   ${(found.bytes / 1e6).toFixed(1)} MB written`;
        if (typeof found === "string" || typeof floor === "string") console.log(`  ${task.padEnd(12)} ${found}`);
        else
          console.log(
            `  ${task.padEnd(12)} ${(found.wallMs / floor.wallMs).toFixed(2)} × floor   ${(found.wallMs / 1000).toFixed(2)} s wall   ${(found.cpuMs / 1000).toFixed(2)} s CPU   ${found.peakMB.toFixed(0)} MB peak${size}`,
          );
      }
      await rm(folder, { recursive: true });
    }
  if (counts.length > 0 && !existsSync(join(here, "node_modules/@duckdb/node-api")))
    console.log("\nDuckDB is not installed for comparison: npm ci --prefix tests/bench");
} finally {
  await rm(scratch, { recursive: true, force: true });
}
