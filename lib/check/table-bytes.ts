import type { TablePlan } from "../schema/table-plan.ts";
import type { TablesRun } from "./run-batches.ts";

/** The size of the files of a table. */
export const tableBytes = ({ dataset, sizes }: TablesRun, { name }: TablePlan): number =>
  (dataset.files.get(name) ?? []).reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
