import type { Problem } from "../diagnostics/problem.ts";
import { type RunningTable, runBatches } from "./run-batches.ts";

/** The location of a key or reference. */
export type ProblemLocation = Omit<Problem, "message" | "remedy" | "rule">;

/** Finds the first record with each key in another pass over the table; keys without a record are left out. */
export async function firstLocations(table: RunningTable, keys: ReadonlySet<string>): Promise<Map<string, ProblemLocation>> {
  const locations = new Map<string, ProblemLocation>();
  await runBatches(
    table,
    () => "index",
    async (file, batch) => {
      if (locations.size === keys.size) return;
      for (const { key, message: _, ...location } of table.engine.find(batch, { keys }))
        if (!locations.has(key)) locations.set(key, { file, ...location });
    },
  );
  return locations;
}
