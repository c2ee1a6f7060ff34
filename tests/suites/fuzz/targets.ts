import { deepStrictEqual } from "node:assert";
import { isUtf8 } from "node:buffer";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { buildDatasetTables } from "../../../lib/build/build-dataset.ts";
import { finishRelease } from "../../../lib/build/finish-release.ts";
import { checkDataset } from "../../../lib/check/check-dataset.ts";
import { checkSchema } from "../../../lib/dataset/check-schema.ts";
import type { Dataset } from "../../../lib/dataset/dataset.ts";
import { readSqlChecks } from "../../../lib/dataset/sql-check.ts";
import type { Problem } from "../../../lib/diagnostics/problem.ts";
import { readDocument } from "../../../lib/json/read-document.ts";
import { RecordBatches } from "../../../lib/json/record-batches.ts";
import type { Source } from "../../../lib/ports/ports.ts";
import { RUNTIME } from "../../runtime.ts";

export type Files = Record<string, Uint8Array>;
/** Common to all targets: the other files of the dataset that contains the input. */
export type Bases = Record<"accords" | "small", Files>;
/** Runs an input; throws if an invariant is violated. */
export type Target = (input: Uint8Array, bases: Bases) => Promise<void>;

function demand(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new Error(promise);
}

const sourceOf = (files: Files, pieces?: { path: string; bytes: number }): Source => ({
  list: async () => Object.entries(files).map(([path, bytes]) => ({ path, bytes: bytes.length })),
  async *read(path) {
    const bytes = files[path] as Uint8Array;
    const size = path === pieces?.path ? pieces.bytes : bytes.length;
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  },
});

const startSql = (): never => {
  throw new Error("No check in SQL is among the files");
};

/** A problem has a location in its file, and a readable message. */
function demandReadable({ file, line, column, message, remedy = "" }: Problem, files: Files): void {
  const bytes = files[file] ?? new Uint8Array();
  const text = Buffer.from(bytes).toString(isUtf8(bytes) ? "utf8" : "latin1");
  const at = `${file}:${line}:${column} ${message}`;
  demand(message.trim() !== "", `a message: ${at}`);
  demand(
    !/\n\s+at |\b(?:Type|Range|Syntax|Reference)Error\b|\[object |is not a function|heap/.test(message + remedy),
    `words for people: ${at}`,
  );
  for (const word of ["undefined", "NaN"]) demand(!`${message} ${remedy}`.includes(word) || text.includes(word), `no "${word}": ${at}`);
  demand(message.length + remedy.length < 2000, `a message of few words: ${at.slice(0, 300)}`);
  if (line === 0 && column === 0) return;
  demand(Number.isInteger(line) && Number.isInteger(column) && line >= 1 && column >= 1, `a place counted from 1: ${at}`);
  const lines = text.split("\n");
  demand(line <= lines.length, `a line of the file: ${at}`);
  demand(column <= (lines[line - 1] as string).length + 1, `a column of the line: ${at}`);
}

/** Builds a release if `check` finds no problems: the published data equals the files. */
async function demandRelease(dataset: Dataset, files: Files): Promise<void> {
  const workspace = memoryWorkspace();
  const built = await buildDatasetTables({ dataset, source: sourceOf(files), runtime: RUNTIME }, { workspace });
  demand(built.problemCount === 0, `what check takes is built: ${built.problems[0]?.message}`);
  const facts = { version: "1.0.0", commit: null, date: null, previous: null, generator: "fuzz" };
  const artifacts = await finishRelease(dataset, facts, { tables: built.artifacts, workspace });
  for (const { name } of artifacts) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of workspace.read(name)) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    if (name.endsWith(".json")) JSON.parse(text);
    if (name !== `${dataset.metadata.name}.json`) continue;
    const whole = JSON.parse(text) as Record<string, unknown[]>;
    for (const [table, paths] of dataset.files)
      deepStrictEqual(
        whole[table],
        paths.flatMap((path) => JSON.parse(Buffer.from(files[path] as Uint8Array).toString("utf8")) as unknown[]),
        `${table} is published as it was written`,
      );
  }
}

async function demandChecked(files: Files, pieces?: { path: string; bytes: number }): Promise<void> {
  const { dataset, problems, problemCount } = await checkDataset(sourceOf(files), { ...RUNTIME, startSql });
  demand(problemCount >= problems.length, "no fewer problems than are told");
  for (const problem of problems) demandReadable(problem, files);
  if (pieces) {
    const other = await checkDataset(sourceOf(files, pieces), { ...RUNTIME, startSql });
    deepStrictEqual(other.problems, problems, `the same problems however a file arrives: ${pieces.bytes} bytes at a time`);
  }
  if (dataset && problemCount === 0) await demandRelease(dataset, files);
}

/** Separators of lines. */
function breakOf(bytes: Uint8Array): string {
  const cutter = new RecordBatches();
  cutter.push(bytes);
  cutter.end();
  return `${cutter.broken?.line}:${cutter.broken?.column}`;
}

/** Columns count what an editor counts: a letter beyond ASCII is as wide as one within. */
function demandColumns(input: Uint8Array): void {
  const text = Buffer.from(input).toString("utf8");
  if (!isUtf8(input) || text.startsWith("\ufeff")) return;
  const expected = breakOf(Buffer.from(text.replaceAll(/[\u0080-\uffff]/g, "x")));
  demand(breakOf(input) === expected, `a column in UTF-16 code units: ${expected}, not ${breakOf(input)}`);
}

export const TARGETS: Record<"records" | "schema" | "metadata" | "sql", Target> = {
  async records(input, { accords }) {
    demandColumns(input);
    const path = "facts/morocco.json";
    await demandChecked({ ...accords, [path]: input }, { path, bytes: 1 + (input.length % 7) });
  },

  async schema(input, { small }) {
    await demandChecked({ ...small, "schema.json": input });
    const { value: schema, problems } = readDocument("schema.json", input, checkSchema);
    for (const problem of problems) demandReadable(problem, { "schema.json": input });
    if (problems.length > 0) return;
    // With files for its tables, it reaches the validator.
    const tables = Object.keys((schema as { properties: object }).properties);
    const files = tables.map((table) => [`${table}.json`, small[`${table}.json`] ?? Buffer.from("[]")] as const);
    await demandChecked({ "dataset.json": small["dataset.json"] as Uint8Array, "schema.json": input, ...Object.fromEntries(files) });
  },

  async metadata(input, { small }) {
    await demandChecked({ ...small, "dataset.json": input });
  },

  async sql(input) {
    const files = { "checks/a.sql": input };
    const { checks, problems } = readSqlChecks(Object.keys(files), new Map(Object.entries(files)), ["rivers", "levels"]);
    demand(checks.length + problems.length === 1, "a check or a problem");
    for (const problem of problems) demandReadable(problem, files);
    for (const check of checks) demand(["rivers", "levels"].includes(check.table), "a check of a table");
  },
};
