import type { TablePlan } from "../../schema/table-plan.ts";
import type { ReleasePage } from "./release-page.ts";

/**
 * The tables whose files and code are offered first: the main table and the first view, which is made to be read on its own. With more
 * tables, the answer would start below the first screen.
 */
export function offeredPlans({ tables }: Pick<ReleasePage, "tables">, main: TablePlan | undefined): TablePlan[] {
  const view = tables.find(({ plan }) => plan.sql !== undefined && plan !== main)?.plan;
  return [main, view].filter((plan) => plan !== undefined);
}
