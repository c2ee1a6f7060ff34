import type { Dataset } from "../dataset/dataset.ts";
import { type Difference, levelOf, packageChanges } from "../release/difference.ts";
import { buildTables } from "./build-release.ts";
import { readDataset } from "./check-dataset.ts";
import { compareRecords } from "./compare-records.ts";
import type { Source, StartEngine, Workspace } from "./ports.ts";
import { finishDraft } from "./publish-dataset.ts";

const NOTHING = { commit: null, date: null, previous: null, generator: "" };

/** What readers would get otherwise; undefined where the older one is no valid dataset. `now` has passed its checks. */
export async function compareSources(
  old: Source,
  now: { dataset: Dataset; source: Source },
  startEngine: StartEngine,
  openWorkspace: () => Promise<Workspace>,
): Promise<Difference | undefined> {
  const base = await readDataset(old);
  if (!base.dataset) return undefined;
  const [before, after] = [await openWorkspace(), await openWorkspace()];
  try {
    const oldTables = await buildTables(base.dataset, old, startEngine, before);
    if (oldTables.problemCount > 0) return undefined;
    const newTables = await buildTables(now.dataset, now.source, startEngine, after);
    const schema = packageChanges(
      finishDraft(base.dataset, NOTHING, oldTables.artifacts),
      finishDraft(now.dataset, NOTHING, newTables.artifacts),
    );
    const tables: Difference["tables"] = {};
    for (const plan of now.dataset.plans)
      if (base.dataset.plans.some(({ name }) => name === plan.name))
        tables[plan.name] = await compareRecords(plan, () => before.read(`${plan.name}.ndjson`), after.read(`${plan.name}.ndjson`));
    return { level: levelOf(schema, tables), schema, tables };
  } finally {
    await before.discard();
    await after.discard();
  }
}
