import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { FORMATS } from "../../lib/formats/formats.ts";
import type { BenchPrograms } from "./bundle-bench.ts";
import { makeShape, SHAPES } from "./deep-and-wide.ts";
import { type FactsForm, makeDataset, makeDifference } from "./facts.ts";
import { type MeasuredTask, printRounds, runMeasured } from "./measure.ts";

/** Formats that DuckDB writes as well. */
const FOUR = "csv,json,ndjson,parquet";
const HAS_DUCKDB = existsSync(join(import.meta.dirname, "node_modules/@duckdb/node-api"));

/** Tasks on the dataset in a folder; the first is the floor. */
function tasksOn(folder: string, { child, floor }: BenchPrograms, names: Readonly<Record<string, readonly string[]>>): MeasuredTask[] {
  return [
    { name: "floor", run: () => runMeasured(floor, [join(folder, "facts.json")]) },
    ...Object.entries(names).map(([name, [task = "", ...args]]) => ({ name, run: () => runMeasured(child, [task, folder, ...args]) })),
  ];
}

const megabytes = (folder: string): string => `${(statSync(join(folder, "facts.json")).size / 1e6).toFixed(1)} MB`;

/** Check, build and difference of facts, with one thread and two, each format, and DuckDB. */
export async function printFacts(scratch: string, programs: BenchPrograms, count: number, rounds: number): Promise<void> {
  const folder = join(scratch, `facts-${count}`);
  await makeDataset(folder, count);
  await makeDifference(scratch, count);
  console.log(`\n${count} facts, compact, ${megabytes(folder)}`);
  const tasks = tasksOn(folder, programs, {
    check: ["check"],
    "check, one thread": ["check", "", "1"],
    "build: CSV, JSON, NDJSON": ["build", "csv,json,ndjson"],
    "build: those and Parquet": ["build", FOUR],
    "build: those, one thread": ["build", FOUR, "1"],
    ...(HAS_DUCKDB ? { "DuckDB: those, read once": ["duckdb", FOUR], "DuckDB: those, read for each": ["duckdb-view", FOUR] } : {}),
    difference: ["diff"],
  });
  printRounds(tasks, rounds);
  console.log("\nThe same, one format at a time");
  const formats = FORMATS.filter(({ scope }) => scope !== "archive").map(({ name }) => [name, ["build", name]] as const);
  printRounds(tasksOn(folder, programs, Object.fromEntries(formats)), 1);
  rmSync(folder, { recursive: true });
}

/** Check and build by size. */
export async function printSizes(scratch: string, programs: BenchPrograms, counts: readonly number[], rounds: number): Promise<void> {
  for (const count of counts) {
    const folder = join(scratch, `size-${count}`);
    await makeDataset(folder, count);
    console.log(`\n${count} facts, compact, ${megabytes(folder)}`);
    printRounds(tasksOn(folder, programs, { check: ["check"], "build: CSV, JSON, NDJSON, Parquet": ["build", FOUR] }), rounds);
    rmSync(folder, { recursive: true });
  }
}

const FORMS: Record<string, FactsForm> = {
  "one property a line": { isPretty: true },
  "keys in random order": { hasRandomKeys: true },
  "text as \\uXXXX": { isEscaped: true },
};

/** Check and build of facts in other notations, and of other tables. */
export async function printForms(scratch: string, programs: BenchPrograms, count: number, rounds: number): Promise<void> {
  const made: Record<string, (folder: string) => Promise<void>> = {
    ...Object.fromEntries(Object.entries(FORMS).map(([name, form]) => [name, (folder: string) => makeDataset(folder, count, form)])),
    ...Object.fromEntries(Object.keys(SHAPES).map((shape) => [`${shape} records`, (folder: string) => makeShape(folder, shape, count)])),
  };
  for (const [name, make] of Object.entries(made)) {
    const folder = join(scratch, "form");
    await make(folder);
    console.log(`\n${count} records, ${name}, ${megabytes(folder)}`);
    printRounds(tasksOn(folder, programs, { check: ["check"], "build: CSV, JSON, NDJSON, Parquet": ["build", FOUR] }), rounds);
    rmSync(folder, { recursive: true });
  }
}
