import { LAYOUT } from "../contract/layout.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** The layout of a dataset, which is the same for all its tables. */
export const layoutOfPlans = (plans: readonly TablePlan[]): number => plans[0]?.layout ?? LAYOUT;
