import type { JsonRecord, Labels } from "../../formats/cell-text.ts";
import type { TablePlan } from "../../schema/table-plan.ts";

/** What the explorer of a table is made from. */
export interface Explored {
  plan: TablePlan;
  /** All records, or the first ones of a table that is too large. */
  records: readonly JsonRecord[];
  total: number;
  labels: Labels;
  /** Key → record, for tables that the explored one refers to. */
  others: ReadonlyMap<string, { plan: TablePlan; records: ReadonlyMap<string, JsonRecord> }>;
  /** Prefix of the release's files. */
  base: string;
  day?: string;
}
