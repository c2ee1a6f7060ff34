import type { Locate } from "../check/table-outputs.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { EXPLORED_ROWS } from "../site/limits.ts";
import { correctedTable } from "./put-record-lines.ts";

/** Asks the pass that builds a dataset for the places of the records that pages link corrections to. */
export function locateCorrected(dataset: Dataset): Locate | undefined {
  const plan = correctedTable(dataset);
  return plan && { table: plan.name, maxRecords: EXPLORED_ROWS, places: new Map() };
}
