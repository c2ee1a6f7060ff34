import type { TablePlan } from "../../schema/table-plan.ts";
import type { ReleasePage } from "./release-page.ts";

/** Maximum views that are offered beside the main table. With more, the answer would start below the first screen. */
const OFFERED_VIEWS = 1;

/** The tables whose files and code are offered first: the main table, and views, which are made to be read on their own. */
export function offeredPlans({ tables }: Pick<ReleasePage, "tables">, main: TablePlan | undefined): TablePlan[] {
  const views = tables.flatMap(({ plan }) => (plan.sql !== undefined && plan !== main ? [plan] : []));
  return [...(main ? [main] : []), ...views.slice(0, OFFERED_VIEWS)];
}
