import type { JsonRecord } from "../../formats/value.ts";
import type { TablePlan } from "../../schema/table-plan.ts";

export interface ExploredRecords {
  plan: TablePlan;
  records: readonly JsonRecord[];
}
