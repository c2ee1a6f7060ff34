import type { Locate } from "../check/table-outputs.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { withoutViews } from "../dataset/without-views.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { isStatements } from "../site/explorer/is-statements.ts";
import { EXPLORED_ROWS } from "../site/limits.ts";

/** Asks the pass that builds a dataset for the places of the records that pages link corrections to. */
export function locateCorrected(dataset: Dataset): Locate | undefined {
  const plan = correctedTable(dataset);
  return plan && { table: plan.name, maxRecords: EXPLORED_ROWS, places: new Map() };
}

/** The table whose records pages link corrections to. */
export function correctedTable(dataset: Dataset): TablePlan | undefined {
  const { plans } = withoutViews(dataset);
  return plans.find(isStatements) ?? plans[0];
}
