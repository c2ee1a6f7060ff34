import type { Locate } from "../check/table-outputs.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { withoutViews } from "../dataset/without-views.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { isStatements } from "../site/explorer/is-statements.ts";
import { EXPLORED_ROWS } from "../site/limits.ts";

/** Makes the build of a dataset record the lines of the records that correction links point to. */
export function locateCorrected(dataset: Dataset): Locate | undefined {
  const plan = correctedTable(dataset);
  return plan && { table: plan.name, maxRecords: EXPLORED_ROWS, places: new Map() };
}

/** The table whose records have correction links. */
export function correctedTable(dataset: Dataset): TablePlan | undefined {
  const { plans } = withoutViews(dataset);
  return plans.find(isStatements) ?? plans[0];
}
