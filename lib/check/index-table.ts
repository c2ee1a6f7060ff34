import type { KeyBatch } from "../engine/key-batch.ts";
import { createKeyTable, type KeyTable } from "../engine/key-table.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { runBatches, type TablesRun } from "./run-batches.ts";
import { tableBytes } from "./table-bytes.ts";

/** The keys and labels of a table that others refer to. */
export interface TableIndex {
  keys: KeyTable;
  labels: Map<string, string>;
  /** Every record could be read, so a key that is not in the index does not exist. */
  complete: boolean;
}

/** Reads a table for its keys and labels only. */
export async function indexTable(run: TablesRun, plan: TablePlan): Promise<TableIndex> {
  const batches: KeyBatch[] = [];
  const labels = new Map<string, string>();
  let complete = run.dataset.filesComplete;
  const engine = run.runtime.startEngine({ plan, labels: new Map(), encoders: [] }, tableBytes(run, plan));
  try {
    const { broken } = await runBatches(
      { run, plan, engine },
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
