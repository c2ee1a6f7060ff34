import type { Dataset } from "../dataset/dataset.ts";
import { withoutViews } from "../dataset/without-views.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { isStatements } from "../site/explorer/is-statements.ts";

/** The table whose records have correction links. */
export function correctedTable(dataset: Dataset): TablePlan | undefined {
  const { plans } = withoutViews(dataset);
  return plans.find(isStatements) ?? plans[0];
}
