import { isDeepStrictEqual } from "node:util";
import { loadEncoders } from "../../lib/adapters/threads/load-encoders.ts";
import { checkSchema } from "../../lib/dataset/check-schema.ts";
import { type BatchResult, createEngine, type Engine, type EngineSetup, type Task } from "../../lib/engine/engine.ts";
import { ByteEngine } from "../../lib/engine/fast/byte-engine.ts";
import { noProofCounts, type ProofCounts } from "../../lib/engine/fast/proof-counts.ts";
import { KeyBatchBuilder } from "../../lib/engine/key-batch.ts";
import { createKeyTable } from "../../lib/engine/key-table.ts";
import { type Batch, RecordBatches } from "../../lib/json/record-batches.ts";
import { planTable, type TablePlan } from "../../lib/schema/table-plan.ts";
import { Mutator, randomBelow } from "../suites/fuzz/mutate.ts";
import { type Below, NUMBERS, RandomSchema, RandomValue, TEXTS } from "./random-tables.ts";

const TASKS: Task[] = ["index", "check", "encode"];
const ENCODERS = ["cell-counts", "csv", "json", "ndjson", "parquet", "sql-rows", "sqlite"].map((name) => ({ name }));
const LABELS = new Map([
  [
    "others",
    new Map([
      ["x", "Ex"],
      ["y", '=say "y"; it'],
      ["z;", "é"],
    ]),
  ],
]);
const NUMBER = /^-?[\d.]/;
/** Values that a mutation may insert. */
const WORDS = [
  ...TEXTS.map((text) => JSON.stringify(text)),
  ...NUMBERS.map(String),
  ...["1.0", "1.50", "-0", "-0.0", "0.000001", "0.0000001", "1E2", "1234567890123456", "0.1234567890123456", "00", "+1", "1.", ".5"],
  ...[
    '"\\u00e9"',
    '"\\u0041"',
    '"\\u000a"',
    '"\\u0022"',
    '"\\u005c"',
    '"\\ud83d\\ude00"',
    '"\\ud83d"',
    '"\\ude00\\ud83d"',
    '"\\/"',
    '"\\b"',
  ],
  ...['"\\r"', '"\\r\\n"', '"\\u0085"', '"\\u001f"', '"\\u202E"', '"\\uFFFD"', '"\\u00C3\\u00A9"', '"\\x"', '"\\u00"', '"\\u12G4"'],
  ...[
    '{"id":"k1"}',
    "[null]",
    '["",""]',
    '["=a"]',
    "[-5]",
    '["a","-5"]',
    '[{"a":1},{"b":2}]',
    '"\ud800"',
    "nul",
    "tru",
    "falsee",
    "\u00a0",
    "\u000b",
  ],
];

/** The result of comparing some records. */
export interface Compared extends ProofCounts {
  records: number;
  schemas: number;
  /** Batches whose results were compared; the others were left to the simple engine. */
  batches: number;
  differences: Difference[];
}

interface Difference {
  schema: string;
  file: string;
  task: Task;
  bytes: unknown;
  simple: unknown;
}

/** A result with the bytes of each part as one text. */
export const plain = ({ parts, ...result }: BatchResult): object => ({
  ...result,
  parts: parts.map(({ chunks, ...part }) => ({ ...part, text: Buffer.concat(chunks).toString("latin1") })),
});

/** The result of the byte engine; undefined if it leaves a batch to the simple engine. */
function runBytes(engine: ByteEngine, simple: Engine, batch: Batch, task: Task): object | undefined {
  try {
    const result = engine.run(batch, task);
    return result && plain(result);
  } catch (error) {
    // The simple engine has to report the same value.
    if (!(error instanceof Error)) throw error;
    return simple.run(batch, task).problems.length > 0 ? undefined : { thrown: error.stack };
  }
}

const STRINGS = WORDS.filter((word) => word.startsWith('"'));
/** Mostly numbers that JavaScript prints differently or cannot represent. */
const LITERALS = WORDS.filter((word) => NUMBER.test(word)).concat(
  ["0.00000015", "-0.0000002", "0.00000000012", "0.0000001"],
  ["9007199254740993", "1.2345678901234567", "12345678901234567", "0.30000000000000004"],
);
const OPEN_NAMES = ['"7"', '"0"', '"__proto__"', '"a"', '"\\u0061"', '"é"', '""'];

/** The same JSON with some strings, numbers and names replaced by others, mostly of the same type. */
function respell(below: Below, text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*/g, (token: string, colon: string | undefined) => {
    if (below(8) > 0) return token;
    if (colon !== undefined) return below(6) > 0 ? token : `${OPEN_NAMES[below(OPEN_NAMES.length)]}:`;
    const words = token.startsWith('"') ? STRINGS : LITERALS;
    return words[below(words.length)] as string;
  });
}

/** A JSON file of some records, with random white space and escapes. */
function fileOf(below: Below, records: readonly unknown[]): string {
  const space = [0, 0, 1, 2, "\t", " \r\n"][below(6)];
  const text = `[${below(2) === 0 ? "\n" : ""}${records.map((record) => JSON.stringify(record, null, space)).join(below(2) === 0 ? "," : ",\n")}]`;
  if (below(3) === 0) return respell(below, text);
  if (below(5) > 0) return text;
  return text.replace(/[^\0-\x7f]/g, (c) => (below(5) === 0 ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`));
}

/** Cuts a file, which is passed in chunks, into batches of some size. */
function batchesOf(below: Below, file: Uint8Array): Batch[] {
  const cutter = new RecordBatches(1 + below(1 + below(2000)));
  const piece = 1 + below(1 + below(4000));
  const batches: Batch[] = [];
  for (let at = 0; at < file.length; at += piece) batches.push(...cutter.push(file.subarray(at, at + piece)));
  return [...batches, ...cutter.end()];
}

/** Two engines of one table. */
async function engines(setup: EngineSetup, proofs: ProofCounts): Promise<{ simple: Engine; bytes: ByteEngine }> {
  const encoders = await loadEncoders(setup);
  return { simple: createEngine(setup, encoders), bytes: new ByteEngine(setup, encoders, proofs) };
}

/** A schema that a dataset may have, and what is derived from it. */
function randomTable(below: Below) {
  for (;;) {
    const schema = new RandomSchema(below).root();
    if (checkSchema(schema).length > 0) continue;
    return { schema, plan: planTable("t", schema, 1 + below(2)) };
  }
}

/** Tables of labelled keys, including two that look like others when written with escapes. */
function knownKeys(plan: TablePlan) {
  return new Map(
    plan.referencedTables.map((table) => {
      const keys = new KeyBatchBuilder(plan);
      for (const key of [...(LABELS.get(table)?.keys() ?? []), "7", "a\\nb", '\\"']) keys.addText(key);
      return [table, createKeyTable([keys.take()])];
    }),
  );
}

const RECORDS_A_SCHEMA = 400;

/** Compares the engines on this many records, most of them mutated, with schemas generated from a seed. Stops after some differences. */
export async function compareEngines(count: number, seed: number, stopAfter = 3): Promise<Compared> {
  const below = randomBelow(seed);
  const compared: Compared = { records: 0, schemas: 0, batches: 0, differences: [], ...noProofCounts() };
  while (compared.records < count && compared.differences.length < stopAfter) {
    const { schema, plan } = randomTable(below);
    const keys = below(2) === 0 ? {} : { keys: knownKeys(plan) };
    const { simple, bytes } = await engines({ plan, labels: LABELS, ...keys, encoders: ENCODERS }, compared);
    compared.schemas += 1;
    const values = new RandomValue(below, schema);
    const mutator = new Mutator(below, WORDS);
    let other: Uint8Array = Buffer.from("{}");
    for (let done = 0; done < RECORDS_A_SCHEMA; ) {
      const size = below(4) === 0 ? 2 + below(8) : 1;
      const file = Buffer.from(
        fileOf(
          below,
          Array.from({ length: size }, (_, i) => values.record(plan.record, done + i)),
        ),
      );
      const mutated = below(3) > 0 ? mutator.child(file, other) : file;
      other = file;
      done += size;
      compared.records += size;
      for (const batch of batchesOf(below, mutated))
        for (const task of TASKS) {
          const ours = runBytes(bytes, simple, batch, task);
          if (ours === undefined) compared.left += 1;
          else compared.batches += 1;
          const theirs = ours && plain(simple.run(batch, task));
          if (isDeepStrictEqual(ours, theirs)) continue;
          const file = Buffer.from(batch.bytes).toString("latin1");
          compared.differences.push({ schema: JSON.stringify(schema), file, task, bytes: ours, simple: theirs });
        }
      if (compared.differences.length >= stopAfter) break;
    }
  }
  return compared;
}
