import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonRecord } from "../../lib/formats/value.ts";

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

export interface FactsForm {
  /** One property a line. */
  isPretty?: boolean;
  /** Keys in random order. */
  hasRandomKeys?: boolean;
  /** Text beyond ASCII as `\\uXXXX`, as Python's `json.dumps` writes it. */
  isEscaped?: boolean;
}

/** Writes lines in large chunks. */
async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  let piece = "";
  for (const line of lines) {
    piece += line;
    if (piece.length < 1 << 18) continue;
    if (!file.write(piece)) await once(file, "drain");
    piece = "";
  }
  file.end(piece);
  await once(file, "close");
}

function* facts(count: number, { hasRandomKeys = false }: FactsForm): Generator<JsonRecord> {
  const next = random(42);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  for (let i = 0; i < count; i += 1) {
    const kind = i % 3;
    const value =
      kind === 0
        ? { date: `20${10 + (i % 15)}-0${1 + (i % 9)}` }
        : kind === 1
          ? { number: Math.floor(next() * 1e6) }
          : { text: pick(WORDS) };
    yield {
      // A multiplication with a number that shares no factor with 2^31 - 1, a prime, visits each number once.
      id: `f-${hasRandomKeys ? ((i + 1) * 48_271) % (2 ** 31 - 1) : i}`,
      subject: `entity-${Math.floor(next() * ENTITIES)}`,
      property: ["joinedOn", "population", "status"][kind] as string,
      value,
      certainty: pick(STATES),
      sources: [`source-${i % 97}`, `source-${i % 89}`],
      note: `${pick(WORDS)} ${pick(WORDS)} ${pick(WORDS)} ${"x".repeat(Math.floor(next() * 80))}`,
    };
  }
}

const escaped = (text: string): string => text.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

function* listLines(count: number, form: FactsForm): Generator<string> {
  yield "[\n";
  let i = 0;
  for (const fact of facts(count, form)) {
    i += 1;
    const text = JSON.stringify(fact, null, form.isPretty ? 2 : 0);
    yield `${form.isEscaped ? escaped(text) : text}${i < count ? "," : ""}\n`;
  }
  yield "]\n";
}

/** Writes a dataset with a number of facts, about 230 bytes each in compact form. */
export async function makeDataset(folder: string, count: number, form: FactsForm = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "dataset.json"),
    JSON.stringify({ name: "bench", title: "Bench", description: "Synthetic facts.", licenses: [{ name: "CC0-1.0" }] }),
  );
  await writeFile(join(folder, "schema.json"), JSON.stringify(SCHEMA));
  await writeFile(
    join(folder, "entities.json"),
    JSON.stringify(Array.from({ length: ENTITIES }, (_, i) => ({ id: `entity-${i}`, label: `Entity ${i}` }))),
  );
  await writeLines(join(folder, "facts.json"), listLines(count, form));
}

/** Two states of a table as NDJSON: of a hundred records one is changed, one removed and one moved to the end. */
export async function makeDifference(folder: string, count: number): Promise<void> {
  await writeLines(
    join(folder, "old.ndjson"),
    map(facts(count, {}), (fact) => `${JSON.stringify(fact)}\n`),
  );
  await writeLines(join(folder, "now.ndjson"), changedLines(count));
}

function* map<T, U>(items: Iterable<T>, of: (item: T) => U): Generator<U> {
  for (const item of items) yield of(item);
}

function* changedLines(count: number): Generator<string> {
  const moved: string[] = [];
  let i = 0;
  for (const fact of facts(count, {})) {
    i += 1;
    if (i % 100 === 1) continue;
    const line = `${JSON.stringify(i % 100 === 0 ? { ...fact, note: `corrected ${fact["note"]}` } : fact)}\n`;
    if (i % 100 === 2) moved.push(line);
    else yield line;
  }
  yield* moved;
}
