import { CHANGE_LEVELS, type Change } from "./difference.ts";

/** The change of a release whose layout differs from its base (docs/versions.md). */
export const layoutChange = (from: number, to: number): Change => ({
  kind: "layout-changed",
  level: CHANGE_LEVELS["layout-changed"],
  change: `CSV files are written in layout ${to} of Factpress, and were in layout ${from}`,
});
