import type { ReleasePage } from "./release-page.ts";

/** The number of columns of all tables. */
export const countColumns = ({ tables }: Pick<ReleasePage, "tables">): number =>
  tables.reduce((sum, { plan }) => sum + plan.columns.length, 0);
