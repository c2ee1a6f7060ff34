import type { TablePlan } from "../schema/table-plan.ts";
import type { TableIndex } from "./index-table.ts";

/** The tables that views refer to, whose indexes are kept until the views are read. An index takes memory, so others are not. */
export const indexesForViews = (plans: readonly Pick<TablePlan, "sql" | "referencedTables">[]): Map<string, TableIndex | undefined> =>
  new Map(
    plans.flatMap(({ sql, referencedTables }) => (sql === undefined ? [] : referencedTables.map((table) => [table, undefined] as const))),
  );
