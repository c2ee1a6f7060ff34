import type { Labels } from "../../formats/labels.ts";
import type { JsonRecord } from "../../formats/value.ts";
import type { TablePlan } from "../../schema/table-plan.ts";

/** Input of the explorer of a table. */
export interface Explored {
  plan: TablePlan;
  /** All records, or the first ones if the table is too large. */
  records: readonly JsonRecord[];
  total: number;
  labels: Labels;
  /** Key → record, of tables that the explored one refers to. */
  others: ReadonlyMap<string, { plan: TablePlan; records: ReadonlyMap<string, JsonRecord> }>;
  /** Prefix of the release's files. */
  base: string;
  day?: string;
}
