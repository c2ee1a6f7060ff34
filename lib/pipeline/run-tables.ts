import type { Dataset } from "../dataset/dataset.ts";
import { byPlace, inFile, type Problem } from "../dataset/problem.ts";
import { type Batch, RecordBatches } from "../dataset/record-batches.ts";
import type { TablePlan } from "../dataset/table-plan.ts";
import type { BatchResult, Task } from "../engine/engine.ts";
import { KeyIndex } from "./key-index.ts";
import type { RunningEngine, Source, StartEngine } from "./ports.ts";

/** Problems after the first so many are counted, not kept. */
const MAX_PROBLEMS = 1000;

export interface TablesResult {
  problems: Problem[];
  /** All problems, kept or not. */
  problemCount: number;
  /** Table → number of records. */
  records: Map<string, number>;
}

/** Takes the encoded parts of one table, in order. */
export type PartSink = (plan: TablePlan, parts: ReadonlyMap<string, Uint8Array>) => Promise<void>;

class ProblemList {
  readonly kept: Problem[] = [];
  count = 0;
  add(...problems: Problem[]): void {
    this.count += problems.length;
    this.kept.push(...problems.slice(0, Math.max(0, MAX_PROBLEMS - this.kept.length)));
  }
}

interface Index {
  keys: KeyIndex;
  labels: Map<string, string>;
  /** Every record could be read: a key that is not here stands nowhere. */
  complete: boolean;
}

interface TableRun {
  source: Source;
  dataset: Dataset;
  startEngine: StartEngine;
  sizes: ReadonlyMap<string, number>;
  problems: ProblemList;
}

const bytesOf = (run: TableRun, plan: TablePlan): number =>
  (run.dataset.files.get(plan.name) ?? []).reduce((sum, path) => sum + (run.sizes.get(path) ?? 0), 0);

/** Runs a table's batches through an engine, several at once, and takes their results in order. */
async function runTable(
  run: TableRun,
  plan: TablePlan,
  engine: RunningEngine,
  task: Task,
  take: (file: string, batch: Batch, result: BatchResult) => Promise<void>,
): Promise<{ broken: boolean }> {
  const waiting: { file: string; batch: Batch; result: Promise<BatchResult> }[] = [];
  const takeFirst = async (): Promise<void> => {
    const first = waiting.shift();
    if (first) await take(first.file, first.batch, await first.result);
  };
  let broken = false;
  for (const file of run.dataset.files.get(plan.name) ?? []) {
    const cutter = new RecordBatches();
    const hand = async (batches: Batch[]): Promise<void> => {
      for (const batch of batches) {
        if (waiting.length >= engine.width) await takeFirst();
        waiting.push({ file, batch, result: engine.run(batch, task) });
      }
    };
    for await (const chunk of run.source.read(file)) {
      await hand(cutter.push(chunk));
      if (cutter.broken) break;
    }
    await hand(cutter.end());
    while (waiting.length > 0) await takeFirst();
    if (cutter.broken) {
      broken = true;
      if (task !== "index") run.problems.add({ file, ...cutter.broken });
    }
  }
  return { broken };
}

async function indexTable(run: TableRun, plan: TablePlan): Promise<Index> {
  const index: Index = { keys: new KeyIndex(), labels: new Map(), complete: true };
  const engine = run.startEngine({ plan, labels: new Map() }, bytesOf(run, plan));
  try {
    const { broken } = await runTable(run, plan, engine, "index", async (_file, _batch, result) => {
      for (const key of result.keys) index.keys.add(key);
      for (const [key, label] of result.labels) index.labels.set(key, label);
      index.complete &&= result.unreadable === 0;
    });
    index.complete &&= !broken;
  } finally {
    await engine.close();
  }
  return index;
}

/** Where a key stands. */
export type Place = Omit<Problem, "message" | "remedy">;

/** A record whose key another one has. */
interface Twice extends Place {
  key: string;
}

const sameKey = (plan: TablePlan, { key, ...place }: Twice, first: string | undefined): Problem => ({
  ...place,
  message: `The key ${JSON.stringify(key)} belongs to ${first === undefined ? `another record of ${plan.name}` : `the record at ${first}`} already`,
  remedy: "Give this record a key of its own, or merge the two.",
});

/** Where the records with some keys stand: key → its place. Those that are not there are left out. */
export async function placesOf(
  dataset: Dataset,
  source: Source,
  startEngine: StartEngine,
  plan: TablePlan,
  keys: ReadonlySet<string>,
): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  const run = { source, dataset, startEngine, sizes: new Map(), problems: new ProblemList() };
  const engine = startEngine({ plan, labels: new Map() }, 0);
  try {
    await runTable(run, plan, engine, "index", async (file, batch) => {
      if (places.size === keys.size) return;
      for (const { key, message: _, ...place } of engine.find(batch, { keys })) if (!places.has(key)) places.set(key, { file, ...place });
    });
  } finally {
    await engine.close();
  }
  return places;
}

/** So many equal keys are looked up once more, to say where the first record with each stands. */
const LOOKED_UP = 100;

async function addTwice(run: TableRun, plan: TablePlan, engine: RunningEngine, twice: readonly Twice[]): Promise<void> {
  if (twice.length === 0) return;
  const wanted = new Set(twice.slice(0, LOOKED_UP).map(({ key }) => key));
  const first = new Map<string, string>();
  await runTable(run, plan, engine, "index", async (file, batch) => {
    if (first.size === wanted.size) return;
    for (const { key, line } of engine.find(batch, { keys: wanted })) if (!first.has(key)) first.set(key, `${file}:${line}`);
  });
  for (const record of twice) run.problems.add(sameKey(plan, record, first.get(record.key)));
}

async function readTable(run: TableRun, plan: TablePlan, indexes: ReadonlyMap<string, Index>, task: Task, sink: PartSink): Promise<number> {
  const labels = new Map([...indexes].map(([table, index]) => [table, index.labels]));
  const engine = run.startEngine({ plan, labels }, bytesOf(run, plan));
  const keys = new KeyIndex();
  const dangling = new Map<string, { problem: Problem; more: number }>();
  const twice: Twice[] = [];
  let records = 0;
  const take = async (file: string, batch: Batch, result: BatchResult): Promise<void> => {
    records += result.records;
    run.problems.add(...result.problems.map((problem) => ({ file, ...problem })));
    const refused = new Map<string, number>();
    for (const key of result.keys) if (keys.add(key) === undefined) refused.set(key, (refused.get(key) ?? 0) + 1);
    if (refused.size > 0) {
      const places = engine.find(batch, { keys: new Set(refused.keys()) });
      for (const [wanted, times] of refused)
        for (const { key: _, ...place } of places.filter(({ key }) => key === wanted).slice(-times))
          if (twice.length < MAX_PROBLEMS) twice.push({ file, key: wanted, ...place });
          else run.problems.add(sameKey(plan, { file, key: wanted, ...place }, undefined));
    }
    for (const [table, found] of result.references) {
      const index = indexes.get(table);
      const missing = new Set(index?.complete ? found.filter((key) => !index.keys.has(key)) : []);
      if (missing.size === 0) continue;
      for (const { key, ...place } of engine.find(batch, { table, keys: missing })) {
        const before = dangling.get(`${table} ${key}`);
        if (before) before.more += 1;
        else
          dangling.set(`${table} ${key}`, {
            problem: {
              file,
              ...place,
              message: `There is no ${JSON.stringify(key)} in ${table}`,
              remedy: index?.keys.near(key) ?? `Add it to ${table}, or correct it here.`,
            },
            more: 0,
          });
      }
    }
    if (run.problems.count + twice.length === 0) await sink(plan, result.parts);
  };
  try {
    const { broken } = await runTable(run, plan, engine, task, take);
    await addTwice(run, plan, engine, twice);
    for (const { problem, more } of dangling.values())
      run.problems.add(
        more > 0 ? { ...problem, message: `${problem.message} (and so at ${more} more place${more > 1 ? "s" : ""})` } : problem,
      );
    if (!broken && run.problems.count === 0 && (records < plan.minItems || records > plan.maxItems))
      run.problems.add(
        inFile(`${plan.name}.json`, `The table ${plan.name} has ${records} records; allowed are ${plan.minItems} to ${plan.maxItems}`),
      );
  } finally {
    await engine.close();
  }
  return records;
}

/** Reads every record of a dataset once (tables that others refer to twice) and hands out what the engine made of it. */
export async function runTables(
  dataset: Dataset,
  source: Source,
  startEngine: StartEngine,
  task: Task,
  sink: PartSink = async () => {},
): Promise<TablesResult> {
  const problems = new ProblemList();
  const sizes = new Map((await source.list()).map(({ path, bytes }) => [path, bytes]));
  const run: TableRun = { source, dataset, startEngine, sizes, problems };
  const indexes = new Map<string, Index>();
  for (const plan of dataset.plans.filter(({ name }) => dataset.plans.some((other) => other.referencedTables.includes(name))))
    indexes.set(plan.name, await indexTable(run, plan));
  const records = new Map<string, number>();
  for (const plan of dataset.plans) records.set(plan.name, await readTable(run, plan, indexes, task, sink));
  return { problems: problems.kept.sort(byPlace), problemCount: problems.count, records };
}
