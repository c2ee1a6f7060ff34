import type { Tables } from "../dataset/dataset.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { compareProblems, type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { columnRules } from "../diagnostics/rules/column-rules.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import { typeRules } from "../diagnostics/rules/type-rules.ts";
import type { ReadableDataset } from "../ports/readable-dataset.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { CheckedBatch } from "./checked-batch.ts";
import { countFilled } from "./count-filled.ts";
import { firstLocations, type ProblemLocation } from "./first-locations.ts";
import { indexTable, type TableIndex } from "./index-table.ts";
import { MissingReferences } from "./missing-references.ts";
import { MAX_PROBLEMS, ProblemList } from "./problem-list.ts";
import type { SizedTable } from "./repeated-problems.ts";
import { runBatches, type TablesRun } from "./run-batches.ts";
import { isStarterTable, starterRecordProblems } from "./starter-record-problems.ts";
import { tableBytes } from "./table-bytes.ts";
import { TableEncodings, type TableTasks } from "./table-encodings.ts";
import { TableKeys } from "./table-keys.ts";

export interface TablesResult {
  problems: Problem[];
  /** All problems, kept or not. */
  problemCount: number;
  /** Warnings, up to a maximum. */
  warnings: Problem[];
  /** Table → number of records. */
  records: Map<string, number>;
}

interface References {
  /** The indexes of the tables that others refer to. */
  indexes: ReadonlyMap<string, TableIndex>;
  missing: MissingReferences;
}

/** Whether a problem makes a key unknown: in a key column or its name, or an entry that is not a record. */
function isOfKey({ primaryKey }: TablePlan, { field, rule }: { field?: string; rule?: string }): boolean {
  if (rule === typeRules.record.anchor) return true;
  if (field === undefined) return false;
  return primaryKey.includes(field) || (rule === columnRules.unknown.anchor && nearestName(field, primaryKey) !== undefined);
}

/** Finds the locations of all records of a table without problems. */
async function locateRecords(run: TablesRun, plan: TablePlan, encodings: TableEncodings): Promise<void> {
  const engine = run.runtime.startEngine({ plan, labels: new Map(), encoders: [] }, tableBytes(run, plan));
  try {
    await runBatches(
      { run, plan, engine },
      () => "locate",
      async (file, _batch, result) => encodings.addLocations(file, result),
    );
  } finally {
    await engine.close();
  }
}

/** Checks the records of a table, mostly in one pass; returns their number, and whether these are all. */
async function readTable(
  run: TablesRun,
  plan: TablePlan,
  { indexes, missing }: References,
  encodings: TableEncodings,
): Promise<Omit<SizedTable, "isView">> {
  const { problems, warnings } = run;
  const labels = new Map([...indexes].map(([table, index]) => [table, index.labels]));
  const known = new Map([...indexes].flatMap(([table, index]) => (index.complete ? [[table, index.keys]] : [])));
  const engine = run.runtime.startEngine({ plan, labels, keys: known, encoders: encodings.encoders }, tableBytes(run, plan));
  const table = { run, plan, engine };
  const keys = new TableKeys(table);
  let records = 0;
  let isWhole = run.dataset.filesComplete;
  let filled: SizedTable["filled"];
  const mayHoldStarter = run.dataset.refusesStarterRecord === true && isStarterTable(plan);
  const receive = async (checked: CheckedBatch): Promise<void> => {
    const { file, result } = checked;
    records += result.records;
    warnings.push(...result.warnings.slice(0, MAX_PROBLEMS - warnings.length).map((warning) => ({ file, ...warning })));
    // First, because this decides which problems of references are reported.
    missing.add(table, checked);
    for (const problem of checked.problems) problems.add({ file, ...problem }, plan.name);
    if (mayHoldStarter) for (const problem of starterRecordProblems(checked.batch)) problems.add({ file, ...problem }, plan.name);
    if (result.problems.some((problem) => isOfKey(plan, problem))) missing.addInvalidKey(plan.name);
    keys.add(checked);
    if (problems.isEmpty && missing.isEmpty) await encodings.write(file, result);
  };
  try {
    const { broken } = await runBatches(
      table,
      () => encodings.task,
      (...batch) => receive(new CheckedBatch(...batch)),
    );
    isWhole &&= !broken;
    await keys.end();
    const sparse = problems.sparsePaths(plan.name, records);
    if (isWhole && sparse.length > 0) filled = await countFilled(table, sparse);
    const isFine = isWhole && problems.isEmpty && missing.isEmptyIn(plan.name);
    if (isFine && (records < plan.minItems || records > plan.maxItems))
      problems.add(wordedProblem(`${plan.name}.json`, fileRules.size(plan.name, records, plan.minItems, plan.maxItems)));
  } finally {
    await engine.close();
  }
  if (problems.isEmpty && encodings.needsLocatingPass(records)) await locateRecords(run, plan, encodings);
  return { records, isWhole, filled };
}

/** Checks every record of a dataset in one pass, with other tasks. Referenced tables are first read once more for their keys. */
export async function runTables(read: ReadableDataset<Tables>, tasks: TableTasks = {}): Promise<TablesResult> {
  const sizes = new Map((await read.source.list()).map(({ path, bytes }) => [path, bytes]));
  const run: TablesRun = { ...read, sizes, problems: new ProblemList(), warnings: [] };
  const all = read.dataset.plans;
  const plans = all.filter(({ name }) => tasks.reads?.(name) ?? true);
  const indexes = new Map<string, TableIndex>();
  for (const plan of all.filter(({ name }) => plans.some((other) => other.referencedTables.includes(name)))) {
    const index = tasks.indexes?.get(plan.name) ?? (await indexTable(run, plan));
    indexes.set(plan.name, index);
    if (tasks.indexes?.has(plan.name)) tasks.indexes.set(plan.name, index);
  }
  const references = { indexes, missing: new MissingReferences(indexes) };
  const tables = new Map<string, SizedTable>();
  for (const plan of plans) {
    const size = await readTable(run, plan, references, new TableEncodings(plan, tasks, tableBytes(run, plan)));
    tables.set(plan.name, { ...size, isView: plan.sql !== undefined });
  }
  for (const problem of references.missing.problems()) run.problems.add(problem);
  const records = new Map([...tables].map(([name, size]) => [name, size.records]));
  return { ...run.problems.finish(tables), warnings: run.warnings.sort(compareProblems), records };
}

/** The locations of the records with these keys; missing keys are left out. */
export async function runTablesToLocate(
  read: ReadableDataset<Tables>,
  { plan, keys }: { plan: TablePlan; keys: ReadonlySet<string> },
): Promise<Map<string, ProblemLocation>> {
  const run: TablesRun = { ...read, sizes: new Map(), problems: new ProblemList(), warnings: [] };
  const engine = read.runtime.startEngine({ plan, labels: new Map(), encoders: [] }, 0);
  try {
    return await firstLocations({ run, plan, engine }, keys);
  } finally {
    await engine.close();
  }
}
