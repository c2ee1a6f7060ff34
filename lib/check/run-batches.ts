import type { Tables } from "../dataset/dataset.ts";
import type { Problem } from "../diagnostics/problem.ts";
import type { BatchResult, Task } from "../engine/engine.ts";
import type { Batch } from "../json/record-batches.ts";
import type { RunningEngine } from "../ports/ports.ts";
import type { ReadableDataset } from "../ports/readable-dataset.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import type { ProblemList } from "./problem-list.ts";
import { runFile } from "./run-file.ts";

/** A run over the tables of a dataset, and its findings. */
export interface TablesRun extends ReadableDataset<Tables> {
  /** Path → bytes. */
  sizes: ReadonlyMap<string, number>;
  problems: ProblemList;
  warnings: Problem[];
}

/** A table, and the engine for its batches. */
export interface RunningTable {
  run: TablesRun;
  plan: TablePlan;
  engine: RunningEngine;
}

/** Runs a table's batches through its engine; `receive` gets their results in order. */
export async function runBatches(
  { run, plan, engine }: RunningTable,
  taskOf: () => Task,
  receive: (file: string, batch: Batch, result: BatchResult) => Promise<void>,
): Promise<{ broken: boolean }> {
  let broken = false;
  for (const file of run.dataset.files.get(plan.name) ?? []) {
    const tasks = { engine, task: taskOf, receive: (batch: Batch, result: BatchResult) => receive(file, batch, result) };
    const end = await runFile(run.source.read(file, { reusesMemory: true }), run.sizes.get(file) ?? 0, tasks);
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
