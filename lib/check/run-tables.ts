import { recordKeyValues } from "../contract/record-key.ts";
import type { Tables } from "../dataset/dataset.ts";
import { findHiddenCharacter } from "../diagnostics/find-hidden-character.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { compareProblems, type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import { keyRules } from "../diagnostics/rules/key-rules.ts";
import { valueRules } from "../diagnostics/rules/value-rules.ts";
import type { BatchProblem, BatchResult, Task } from "../engine/engine.ts";
import { isHiddenKey } from "../engine/is-hidden-key.ts";
import { isKeyAppearanceBlank, keyAppearance } from "../engine/key-appearance.ts";
import { type KeyBatch, keyBatchText, keyBatchTexts } from "../engine/key-batch.ts";
import { createKeyTable, type KeyTable, keysInTable } from "../engine/key-table.ts";
import { spacedKeyValue } from "../engine/spaced-key-value.ts";
import { withoutKnown } from "../engine/without-known.ts";
import type { Batch } from "../json/record-batches.ts";
import type { RunningEngine, Source } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { FingerprintSet } from "./fingerprint-set.ts";
import { MAX_PROBLEMS, ProblemList } from "./problem-list.ts";
import { runFile } from "./run-file.ts";
import { SimilarKeys } from "./similar-keys.ts";
import { TableOutputs, type TableTasks } from "./table-outputs.ts";

export interface TablesResult {
  problems: Problem[];
  /** All problems, kept or not. */
  problemCount: number;
  /** Warnings, up to a maximum. */
  warnings: Problem[];
  /** Table → number of records. */
  records: Map<string, number>;
}

interface Index {
  keys: KeyTable;
  labels: Map<string, string>;
  /** Every record could be read: a key that is not here does not exist. */
  complete: boolean;
}

interface TableRun {
  source: Source;
  dataset: Tables;
  runtime: Runtime;
  sizes: ReadonlyMap<string, number>;
  problems: ProblemList;
  indexes: ReadonlyMap<string, Index>;
  /** References to missing records, each once. */
  dangling: Dangling[];
  warnings: Problem[];
  /** Tables with an invalid key: references to them are not reported. */
  badKeys: Set<string>;
  /** Table and key → the record that was probably intended. */
  intended: Map<string, Intended | undefined>;
}

/** A reference and its place in the file. */
interface Reference extends Omit<ProblemLocation, "file"> {
  table: string;
  key: string;
}

/** A reference to a missing record, and how often it is repeated. */
interface Dangling extends Reference {
  file: string;
  more: number;
}

/** The place of a key or reference. */
export type ProblemLocation = Omit<Problem, "message" | "remedy" | "rule">;

const bytesOf = (run: TableRun, plan: TablePlan): number =>
  (run.dataset.files.get(plan.name) ?? []).reduce((sum, path) => sum + (run.sizes.get(path) ?? 0), 0);

/** About how many records a table has, by the first batch of it. */
const expectedRecords = (bytes: number, batch: Batch, { records }: BatchResult): number =>
  Math.ceil((records * bytes * 1.02) / batch.bytes.length);

/** Runs a table's batches through an engine, and takes their results in order. */
async function runTable(
  run: TableRun,
  plan: TablePlan,
  engine: RunningEngine,
  taskOf: () => Task,
  take: (file: string, batch: Batch, result: BatchResult) => Promise<void>,
): Promise<{ broken: boolean }> {
  let broken = false;
  for (const file of run.dataset.files.get(plan.name) ?? []) {
    const tasks = { engine, task: taskOf, take: (batch: Batch, result: BatchResult) => take(file, batch, result) };
    const end = await runFile(run.source.read(file), run.sizes.get(file) ?? 0, tasks);
    if (end.broken) {
      broken = true;
      // The brackets of an unreadable record make the end of the list unreliable.
      if (taskOf() !== "index" && !end.isUnreadable) run.problems.add({ file, ...end.broken });
    }
    if (end.isStopped) {
      run.problems.addStop(file);
      return { broken: true };
    }
  }
  return { broken };
}

async function indexTable(run: TableRun, plan: TablePlan): Promise<Index> {
  const batches: KeyBatch[] = [];
  const labels = new Map<string, string>();
  let complete = run.dataset.filesComplete;
  const engine = run.runtime.startEngine({ plan, labels: new Map(), encoders: [] }, bytesOf(run, plan));
  try {
    const { broken } = await runTable(
      run,
      plan,
      engine,
      () => "index",
      async (_file, _batch, result) => {
        batches.push(result.keys);
        for (const [key, label] of result.labels) labels.set(key, label);
        complete &&= result.unreadable === 0;
      },
    );
    complete &&= !broken;
  } finally {
    await engine.close();
  }
  return { keys: createKeyTable(batches), labels, complete };
}

/** A record with the key of an earlier one. */
interface RepeatedKey extends ProblemLocation {
  key: string;
}

/** The columns of a key with their values. */
const keyParts = (plan: TablePlan, key: string): { name: string; value: unknown }[] => {
  const values = recordKeyValues(plan, key);
  return plan.primaryKey.map((name, i) => ({ name, value: values?.[i] }));
};

const sameKey = (plan: TablePlan, { key, ...place }: RepeatedKey, first: string | undefined): Problem => ({
  ...place,
  ...keyRules.keyTwice(keyParts(plan, key), first, plan.name),
});

/** The first record with each of some keys; keys of no record are left out. */
async function firstPlaces(
  run: TableRun,
  plan: TablePlan,
  engine: RunningEngine,
  keys: ReadonlySet<string>,
): Promise<Map<string, ProblemLocation>> {
  const places = new Map<string, ProblemLocation>();
  await runTable(
    run,
    plan,
    engine,
    () => "index",
    async (file, batch) => {
      if (places.size === keys.size) return;
      for (const { key, message: _, ...place } of engine.find(batch, { keys })) if (!places.has(key)) places.set(key, { file, ...place });
    },
  );
  return places;
}

/** Maximum keys that are looked up again: for the first record with the key, or the record that was intended. */
const LOOKED_UP = 100;

const isSamePlace = (a: ProblemLocation, b: ProblemLocation): boolean => a.file === b.file && a.line === b.line && a.column === b.column;

async function addTwice(run: TableRun, plan: TablePlan, engine: RunningEngine, twice: readonly RepeatedKey[]): Promise<void> {
  if (twice.length === 0) return;
  const wanted = new Set(twice.slice(0, LOOKED_UP).map(({ key }) => key));
  const first = await firstPlaces(run, plan, engine, wanted);
  for (const record of twice) {
    const place = first.get(record.key);
    // Another key with the same fingerprint.
    if (place && isSamePlace(place, record)) continue;
    run.problems.add(sameKey(plan, record, place && `${place.file}:${place.line}`));
  }
}

/** The problem of a key that looks like another one, or is invisible. */
function keyProblem(plan: TablePlan, { key, ...place }: RepeatedKey, other: { key: string; place: string } | undefined): Problem {
  const look = keyAppearance(plan, key);
  if (isKeyAppearanceBlank(plan, key) && look === keyAppearance(plan, other?.key ?? key))
    return { ...place, ...keyRules.keyBlank(plan.name) };
  const hidden = findHiddenCharacter(key);
  const spaced = spacedKeyValue(plan, key);
  if (hidden === undefined && spaced !== undefined && !other) return { ...place, ...valueRules.edgeSpace(spaced) };
  if (hidden !== undefined && !other) return { ...place, ...keyRules.keyHidden(keyParts(plan, key), hidden) };
  return { ...place, ...keyRules.keyAlike(keyParts(plan, key), other && { ...other, parts: keyParts(plan, other.key) }, plan.name) };
}

/** Names the first record that each key looks like. */
async function addAlike(run: TableRun, plan: TablePlan, engine: RunningEngine, alike: readonly RepeatedKey[]): Promise<void> {
  if (alike.length === 0) return;
  const wanted = new Set(alike.map(({ key }) => keyAppearance(plan, key)));
  const first = new Map<string, { key: string; place: string }>();
  await runTable(
    run,
    plan,
    engine,
    () => "index",
    async (file, batch, { keys }) => {
      const here = new Map<string, string>();
      for (const key of keyBatchTexts(keys)) {
        const look = keyAppearance(plan, key);
        if (wanted.has(look) && !first.has(look) && !here.has(look)) here.set(look, key);
      }
      const places = here.size > 0 ? engine.find(batch, { keys: new Set(here.values()) }) : [];
      for (const [look, key] of here) first.set(look, { key, place: `${file}:${places.find((place) => place.key === key)?.line}` });
    },
  );
  for (const record of alike) {
    const other = first.get(keyAppearance(plan, record.key));
    const isItself = other?.key === record.key;
    // Only the fingerprints of two looks are the same.
    if (isItself && !isKeyAppearanceBlank(plan, record.key) && !isHiddenKey(plan, record.key)) continue;
    run.problems.add(keyProblem(plan, record, isItself && !isKeyAppearanceBlank(plan, record.key) ? undefined : other));
  }
}

interface Intended {
  key: string;
  label?: string | undefined;
}

/** Maximum keys that a missing one is compared with. */
const MAX_COMPARED = 50_000;

/** The record that was probably intended: its key is similar or ends with the text, or its label is the text. */
function searchIntended({ keys, labels }: Index, key: string): Intended | undefined {
  const near = keys.starts.length > MAX_COMPARED ? undefined : nearestName(key, keysInTable(keys));
  if (near !== undefined) return { key: near };
  const wanted = key.trim().toLowerCase();
  const named = [...labels].find(
    ([other, label]) => label.toLowerCase() === wanted || (wanted !== "" && other.toLowerCase().endsWith(`:${wanted}`)),
  );
  return named && { key: named[0], label: named[1] };
}

/** The same, searched once per key and for the first keys only: a search reads the whole index. */
function intendedRecord({ indexes, intended }: TableRun, table: string, key: string): Intended | undefined {
  const text = `${table} ${key}`;
  const index = indexes.get(table);
  if (index && !intended.has(text) && intended.size < LOOKED_UP) intended.set(text, searchIntended(index, key));
  return intended.get(text);
}

function addDangling(run: TableRun): void {
  for (const { table, key, more, ...place } of run.dangling)
    if (run.indexes.has(table) && !run.badKeys.has(table))
      run.problems.add({ ...place, ...keyRules.noSuchRecord(key, table, intendedRecord(run, table, key), more) });
}

const placeText = ({ line, column }: { line: number; column: number }): string => `${line}:${column}`;

/** The problems of a batch by place, in order. */
function placesOfProblems({ problems }: BatchResult): Map<string, BatchProblem[]> {
  const places = new Map<string, BatchProblem[]>();
  for (const problem of problems) {
    const here = places.get(placeText(problem));
    if (here) here.push(problem);
    else places.set(placeText(problem), [problem]);
  }
  return places;
}

/** References of a batch to records that are not there. */
function missingReferences(run: TableRun, engine: RunningEngine, batch: Batch, { references }: BatchResult): Reference[] {
  return [...references].flatMap(([table, found]) => {
    const index = run.indexes.get(table);
    const keys = new Set(index?.complete ? withoutKnown(found, index.keys) : []);
    if (keys.size === 0) return [];
    return engine.find(batch, { table, keys }).map(({ key, line, column, field }) => ({
      table,
      key,
      line,
      column,
      ...(field ? { field } : {}),
    }));
  });
}

async function readTable(run: TableRun, plan: TablePlan, outputs: TableOutputs): Promise<number> {
  const { indexes } = run;
  const labels = new Map([...indexes].map(([table, index]) => [table, index.labels]));
  const known = new Map([...indexes].flatMap(([table, index]) => (index.complete ? [[table, index.keys]] : [])));
  const engine = run.runtime.startEngine({ plan, labels, keys: known, encoders: outputs.encoders }, bytesOf(run, plan));
  let keys: FingerprintSet | undefined;
  let similar: SimilarKeys | undefined;
  const dangling = new Map<string, Dangling>();
  const twice: RepeatedKey[] = [];
  const alike: RepeatedKey[] = [];
  let records = 0;
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: each step on a batch depends on which problems the steps before it reported
  const take = async (file: string, batch: Batch, result: BatchResult): Promise<void> => {
    records += result.records;
    for (const warning of result.warnings) if (run.warnings.length < MAX_PROBLEMS) run.warnings.push({ file, ...warning });
    const problems = placesOfProblems(result);
    for (const reference of missingReferences(run, engine, batch, result)) {
      // An invalid value is reported once: with the record that was intended, if there is one.
      const own = problems.get(placeText(reference));
      if (own && intendedRecord(run, reference.table, reference.key) === undefined) continue;
      if (own) problems.delete(placeText(reference));
      const before = dangling.get(`${reference.table} ${reference.key}`);
      if (before) before.more += 1;
      else dangling.set(`${reference.table} ${reference.key}`, { file, ...reference, more: 0 });
    }
    for (const problem of [...problems.values()].flat()) run.problems.add({ file, ...problem }, plan.name);
    if (result.problems.some(({ field }) => field !== undefined && plan.primaryKey.includes(field))) run.badKeys.add(plan.name);
    const refused = new Map<string, number>();
    const similarKeys = new Set<string>();
    keys ??= new FingerprintSet(expectedRecords(bytesOf(run, plan), batch, result));
    similar ??= new SimilarKeys(plan, keys);
    keys.readAhead(result.keys.fingerprints);
    for (let number = 0; number < result.keys.count; number += 1) {
      if (!keys.add(result.keys.fingerprints, number)) {
        const key = keyBatchText(result.keys, number);
        refused.set(key, (refused.get(key) ?? 0) + 1);
      } else if (similar.add(result.keys, number) || result.keys.hidden.includes(number))
        similarKeys.add(keyBatchText(result.keys, number));
    }
    for (const { message: _, ...found } of similarKeys.size > 0 ? engine.find(batch, { keys: similarKeys }) : []) {
      // An invalid key is reported once.
      if (problems.has(placeText(found))) continue;
      if (alike.length < LOOKED_UP) alike.push({ file, ...found });
      else run.problems.add(keyProblem(plan, { file, ...found }, undefined));
    }
    if (refused.size > 0) {
      const places = engine.find(batch, { keys: new Set(refused.keys()) });
      for (const [wanted, times] of refused)
        for (const { key: _, ...place } of places.filter(({ key }) => key === wanted).slice(-times))
          if (twice.length < MAX_PROBLEMS) twice.push({ file, key: wanted, ...place });
          else run.problems.add(sameKey(plan, { file, key: wanted, ...place }, undefined));
    }
    if (run.problems.isEmpty && run.dangling.length + dangling.size === 0) await outputs.write(file, result);
  };
  try {
    const { broken } = await runTable(run, plan, engine, () => outputs.task, take);
    await addTwice(run, plan, engine, twice);
    await addAlike(run, plan, engine, alike);
    for (const found of dangling.values()) run.dangling.push(found);
    if (
      !broken &&
      run.dataset.filesComplete &&
      run.problems.isEmpty &&
      dangling.size === 0 &&
      (records < plan.minItems || records > plan.maxItems)
    )
      run.problems.add(wordedProblem(`${plan.name}.json`, fileRules.size(plan.name, records, plan.minItems, plan.maxItems)));
  } finally {
    await engine.close();
  }
  return records;
}

/** Checks every record of a dataset in one pass, with other tasks. Tables that others refer to are read once more before, for their keys. */
export async function runTables(dataset: Tables, source: Source, runtime: Runtime, tasks: TableTasks = {}): Promise<TablesResult> {
  const problems = new ProblemList();
  const sizes = new Map((await source.list()).map(({ path, bytes }) => [path, bytes]));
  const indexes = new Map<string, Index>();
  const run: TableRun = {
    source,
    dataset,
    runtime,
    sizes,
    problems,
    indexes,
    dangling: [],
    warnings: [],
    badKeys: new Set(),
    intended: new Map(),
  };
  const plans = dataset.plans.filter(({ name }) => tasks.reads?.(name) ?? true);
  for (const plan of dataset.plans.filter(({ name }) => plans.some((other) => other.referencedTables.includes(name))))
    indexes.set(plan.name, await indexTable(run, plan));
  const records = new Map<string, number>();
  for (const plan of plans) records.set(plan.name, await readTable(run, plan, new TableOutputs(plan, tasks)));
  addDangling(run);
  return { ...problems.finish(), warnings: run.warnings.sort(compareProblems), records };
}

/** The places of the records with some keys; missing ones are left out. */
export async function runTablesToLocate(
  dataset: Tables,
  source: Source,
  runtime: Runtime,
  { plan, keys }: { plan: TablePlan; keys: ReadonlySet<string> },
): Promise<Map<string, ProblemLocation>> {
  const run = {
    source,
    dataset,
    runtime,
    sizes: new Map(),
    problems: new ProblemList(),
    indexes: new Map(),
    dangling: [],
    warnings: [],
    badKeys: new Set<string>(),
    intended: new Map(),
  };
  const engine = runtime.startEngine({ plan, labels: new Map(), encoders: [] }, 0);
  try {
    return await firstPlaces(run, plan, engine, keys);
  } finally {
    await engine.close();
  }
}
