import type { Locate } from "../check/table-encodings.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { EXPLORED_ROWS } from "../site/limits.ts";
import { correctedTable } from "./corrected-table.ts";

/** Makes the build of a dataset record the line numbers that correction links need. */
export function locateCorrected(dataset: Dataset): Locate | undefined {
  const plan = correctedTable(dataset);
  return plan && { table: plan.name, maxRecords: EXPLORED_ROWS, locations: new Map() };
}
