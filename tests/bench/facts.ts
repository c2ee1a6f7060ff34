import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const WORDS = [
  "treaty",
  "envoy",
  'said "yes"',
  "Zürich",
  "déjà vu",
  "line one\nline two",
  "北京",
  "a, b",
  "semi;colon",
  "plain text",
  "embassy opened",
  "=not a formula",
];
const STATES = ["confirmed", "reported", "disputed", "refuted"];
const ENTITIES = 5_000;

/** Deterministic: the same seed gives the same numbers everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const SCHEMA = {
  type: "object",
  properties: {
    entities: {
      type: "array",
      primaryKey: ["id"],
      items: { type: "object", required: ["id", "label"], properties: { id: { type: "string" }, label: { type: "string" } } },
    },
    facts: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id", "subject", "property", "value", "certainty"],
        properties: {
          id: { type: "string", pattern: "^f-[0-9]+$" },
          subject: { type: "string", references: "entities" },
          property: { enum: ["joinedOn", "population", "status"] },
          value: {
            type: "object",
            properties: { date: { type: "string", format: "edtf" }, number: { type: "number" }, text: { type: "string" } },
          },
          certainty: { enum: STATES },
          sources: { type: "array", items: { type: "string" } },
          note: { type: "string" },
        },
      },
    },
  },
};

/** Writes a dataset of so many facts, about 300 bytes each. */
export async function makeDataset(folder: string, count: number, pretty: boolean): Promise<string> {
  await mkdir(folder, { recursive: true });
  const next = random(42);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  await writeFile(
    join(folder, "dataset.json"),
    JSON.stringify({ name: "bench", title: "Bench", description: "Synthetic facts.", licenses: [{ name: "CC0-1.0" }] }),
  );
  await writeFile(join(folder, "schema.json"), JSON.stringify(SCHEMA));
  await writeFile(
    join(folder, "entities.json"),
    JSON.stringify(Array.from({ length: ENTITIES }, (_, i) => ({ id: `entity-${i}`, label: `Entity ${i}` }))),
  );
  const path = join(folder, "facts.json");
  const file = createWriteStream(path);
  file.write("[\n");
  for (let i = 0; i < count; i += 1) {
    const kind = i % 3;
    const value =
      kind === 0
        ? { date: `20${10 + (i % 15)}-0${1 + (i % 9)}` }
        : kind === 1
          ? { number: Math.floor(next() * 1e6) }
          : { text: pick(WORDS) };
    const fact = {
      id: `f-${i}`,
      subject: `entity-${Math.floor(next() * ENTITIES)}`,
      property: (["joinedOn", "population", "status"] as const)[kind],
      value,
      certainty: pick(STATES),
      sources: [`source-${i % 97}`, `source-${i % 89}`],
      note: `${pick(WORDS)} ${pick(WORDS)} ${pick(WORDS)} ${"x".repeat(Math.floor(next() * 80))}`,
    };
    if (!file.write(`${JSON.stringify(fact, null, pretty ? 2 : 0)}${i + 1 < count ? "," : ""}\n`)) await once(file, "drain");
  }
  file.end("]\n");
  await once(file, "close");
  return path;
}
