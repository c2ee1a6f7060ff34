import { singular } from "../../release/singular.ts";
import type { TablePlan } from "../../schema/table-plan.ts";

export const tableNoun = (plan: TablePlan): [one: string, many: string] => {
  const many = plan.title.toLowerCase();
  return [singular(many), many];
};
