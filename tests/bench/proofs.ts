import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createByteEngine } from "../../lib/engine/fast/byte-engine.ts";
import { noProofCounts, type ProofCounts } from "../../lib/engine/fast/proof-counts.ts";
import { RecordBatches } from "../../lib/json/record-batches.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { planTable } from "../../lib/schema/table-plan.ts";
import { browserCompat, endOfLife } from "./shapes.ts";

const ACCORDS = join(import.meta.dirname, "../../data/abraham-accords");
const BROWSER_COMPAT_ROWS = 288_762;
const END_OF_LIFE_CYCLES = 10_000;

/** Checks files of a table; returns the milliseconds of CPU that the engine took. */
function checkFiles(schema: Schema, table: string, files: readonly Uint8Array[], proofs: ProofCounts): number {
  const engine = createByteEngine({ plan: planTable(table, schema), labels: new Map(), encoders: [] }, new Map(), proofs);
  let ms = 0;
  for (const file of files) {
    const cutter = new RecordBatches();
    for (const batch of [...cutter.push(file), ...cutter.end()]) {
      const before = process.cpuUsage();
      engine.run(batch, "check");
      const { user, system } = process.cpuUsage(before);
      ms += (user + system) / 1000;
    }
  }
  return ms;
}

function print(name: string, { proved, asked, left }: ProofCounts, note: string): void {
  const all = proved + asked;
  console.log(`  ${name.padEnd(50)} ${all} records, ${(((asked + left) / all) * 100).toFixed(2)} % not proved${note}`);
}

/** How many records of real schemas the engine cannot prove by their bytes, and leaves to ajv. */
export function printProofs(): void {
  console.log("\nRecords that the engine leaves to JSON.parse and ajv, and its time over the floor's (CPU, one thread)");
  const schema = JSON.parse(readFileSync(join(ACCORDS, "schema.json"), "utf8")) as Schema;
  const proofs = noProofCounts();
  for (const table of Object.keys(schema.properties ?? {})) {
    const paths = table === "facts" ? readdirSync(join(ACCORDS, table)).map((file) => join(table, file)) : [`${table}.json`];
    const files = paths.map((path) => readFileSync(join(ACCORDS, path)));
    checkFiles(schema, table, files, proofs);
  }
  print("Abraham Accords", proofs, "");
  for (const { name, table, schema, records } of [endOfLife(END_OF_LIFE_CYCLES), ...browserCompat(BROWSER_COMPAT_ROWS)]) {
    const file = Buffer.from(JSON.stringify(records));
    const before = process.cpuUsage();
    JSON.stringify(JSON.parse(file.toString("utf8")));
    const { user, system } = process.cpuUsage(before);
    const proofs = noProofCounts();
    const ms = checkFiles(schema, table, [file], proofs);
    print(name, proofs, `   check ${(ms / ((user + system) / 1000)).toFixed(2)} × floor   ${(file.length / 1e6).toFixed(0)} MB`);
  }
}
