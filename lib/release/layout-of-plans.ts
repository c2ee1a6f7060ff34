import { LAYOUT } from "../contract/layout.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** The layout that all tables of a dataset have. */
export const layoutOfPlans = (plans: readonly TablePlan[]): number => plans[0]?.layout ?? LAYOUT;
