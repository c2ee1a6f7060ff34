import { createRequire } from "node:module";
import initSqlJs, { type Database } from "sql.js";
import type { DatasetFacts, ReleasedAs, UnfinishedFile } from "../../../../lib/formats/format.ts";
import { DatabaseWriter } from "../../../../lib/formats/sqlite/database-writer.ts";
import { createEncoder } from "../../../../lib/formats/sqlite/encoder.ts";
import { finishDatabase } from "../../../../lib/formats/sqlite/finish-database.ts";
import type { SearchLimits } from "../../../../lib/formats/sqlite/search-index.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { planTable, type TablePlan } from "../../../../lib/schema/table-plan.ts";
import { memoryOutput } from "../memory-output.ts";

export type Records = Parameters<ReturnType<typeof createEncoder>>[0]["records"];
type Labels = Parameters<ReturnType<typeof createEncoder>>[0]["labels"];

const SQL = await initSqlJs({ locateFile: (name) => createRequire(import.meta.url).resolve(`sql.js/dist/${name}`) });

const plansOf = (schema: Schema): TablePlan[] => Object.keys(schema.properties ?? {}).map((name) => planTable(name, schema));
export const RELEASE: ReleasedAs = { dataset: "d", version: "1.2.0", commit: "c".repeat(40), generator: "0.0.0" };
export const FACTS = { name: "d", title: "Title", description: "What it is.", licenses: [{ name: "CC0-1.0" }] };

interface Options {
  /** Records in one batch. */
  batch?: number;
  labels?: Labels;
  facts?: Partial<DatasetFacts>;
  release?: ReleasedAs;
  search?: SearchLimits;
}

/** Writes a database like a build. */
export async function writeDatabase(
  schema: Schema,
  tables: Record<string, Records>,
  { batch = 1_000, labels = new Map(), facts = {}, release = RELEASE, search }: Options = {},
): Promise<Buffer> {
  const all: DatasetFacts = { ...FACTS, ...facts, plans: plansOf(schema) };
  const output = memoryOutput();
  const writer = new DatabaseWriter(all, output, search);
  for (const plan of all.plans) {
    await writer.startTable(plan);
    const encode = createEncoder(plan);
    const records = tables[plan.name] ?? [];
    for (let at = 0; at < records.length; at += batch)
      for (const part of encode({ records: records.slice(at, at + batch), lines: [], labels })) await writer.write(part);
  }
  await writer.close();
  const written = output.bytes();
  const unfinished: UnfinishedFile = {
    bytes: written.length,
    async *read() {
      // Chunks that end within pages.
      for (let at = 0; at < written.length; at += 10_000) yield written.subarray(at, at + 10_000);
    },
    slice: async (start, end) => written.subarray(start, end),
  };
  const finished = memoryOutput();
  await finishDatabase(all, unfinished, release, finished);
  return finished.bytes();
}

export const open = (bytes: Uint8Array): Database => new SQL.Database(bytes);
export const rowsOf = (db: Database, sql: string): unknown[][] => db.exec(sql)[0]?.values ?? [];

/** The errors that SQLite finds in a database: pages, order and completeness of indexes, types, NOT NULL, foreign keys. */
export const integrityErrors = (db: Database): unknown[][] => [
  ...rowsOf(db, "PRAGMA integrity_check").filter(([text]) => text !== "ok"),
  ...rowsOf(db, "PRAGMA foreign_key_check"),
];
