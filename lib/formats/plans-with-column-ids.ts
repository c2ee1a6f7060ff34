import type { TablePlan } from "../schema/table-plan.ts";
import { datasetFormats, type NamedTables } from "./dataset-formats.ts";
import type { Format } from "./format.ts";
import { ICEBERG_FORMAT } from "./formats.ts";

/** The tables of a dataset with a file that contains column ids. */
export const plansWithColumnIds = (dataset: NamedTables, known?: readonly Format[]): readonly TablePlan[] =>
  datasetFormats(dataset, known).some(({ name }) => name === ICEBERG_FORMAT.name) ? dataset.plans : [];
