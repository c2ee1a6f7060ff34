import { countNoun } from "../../release/count-noun.ts";
import type { TablePlan } from "../../schema/table-plan.ts";

export const tableNoun = (plan: Pick<TablePlan, "title">): [one: string, many: string] => countNoun(plan.title) ?? ["record", "records"];
