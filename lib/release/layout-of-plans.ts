import { LAYOUT } from "../contract/layout.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** The layout of a dataset: all its tables have the same. */
export const layoutOfPlans = (plans: readonly TablePlan[]): number => plans[0]?.layout ?? LAYOUT;
