import type { Problem } from "../diagnostics/problem.ts";
import { type RunningTable, runBatches } from "./run-batches.ts";

/** The place of a key or reference. */
export type ProblemLocation = Omit<Problem, "message" | "remedy" | "rule">;

/** Finds the first record with each key in another pass over the table; keys without a record are left out. */
export async function firstPlaces(table: RunningTable, keys: ReadonlySet<string>): Promise<Map<string, ProblemLocation>> {
  const places = new Map<string, ProblemLocation>();
  await runBatches(
    table,
    () => "index",
    async (file, batch) => {
      if (places.size === keys.size) return;
      for (const { key, message: _, ...place } of table.engine.find(batch, { keys }))
        if (!places.has(key)) places.set(key, { file, ...place });
    },
  );
  return places;
}
