import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonRecord, Value } from "../../lib/formats/value.ts";
import type { Schema } from "../../lib/schema/schema.ts";

const COLUMNS = 60;
const LEVELS = 10;

const wide: Schema = Object.fromEntries(
  Array.from({ length: COLUMNS }, (_, i) => [`column${i}`, [{ type: "string" }, { type: "integer" }, { type: "boolean" }][i % 3]]),
);

function deepSchema(level: number): Schema {
  const inner = level === 0 ? { type: "string" } : deepSchema(level - 1);
  return { type: "object", required: ["inner"], properties: { inner, name: { type: "string" } } };
}

function deepValue(level: number, i: number): Value {
  return { inner: level === 0 ? `leaf ${i % 50}` : deepValue(level - 1, i), name: `level ${level}` };
}

/** Tables that are unlike facts: sixty columns, or objects in objects. */
export const SHAPES: Record<string, { properties: Schema; record(i: number): JsonRecord }> = {
  wide: {
    properties: wide,
    record: (i) =>
      Object.fromEntries(
        Array.from({ length: COLUMNS }, (_, k) => [`column${k}`, [`text ${(i * k) % 991}`, i * k, (i + k) % 2 === 0][k % 3]]),
      ) as JsonRecord,
  },
  deep: { properties: { value: deepSchema(LEVELS) }, record: (i) => ({ value: deepValue(LEVELS, i) }) },
};

/** Writes a dataset with a number of records of such a table. */
export async function makeShape(folder: string, shape: string, count: number): Promise<void> {
  const { properties, record } = SHAPES[shape] as (typeof SHAPES)[string];
  await mkdir(folder, { recursive: true });
  const facts = {
    type: "array",
    primaryKey: ["id"],
    items: { type: "object", required: ["id"], properties: { id: { type: "string" }, ...properties } },
  };
  const lines = Array.from({ length: count }, (_, i) => JSON.stringify({ id: `f-${i}`, ...record(i) }));
  await writeFile(
    join(folder, "dataset.json"),
    JSON.stringify({ name: "bench", title: "Bench", description: "Synthetic records.", licenses: [{ name: "CC0-1.0" }] }),
  );
  await writeFile(join(folder, "schema.json"), JSON.stringify({ type: "object", properties: { facts } }));
  await writeFile(join(folder, "facts.json"), `[\n${lines.join(",\n")}\n]\n`);
}
