import type { TableChanges } from "../release/changes-file.ts";
import { CannotApplyError } from "./cannot-apply-error.ts";

/**
 * Throws `CannotApplyError` if the order of a table names a record twice, or a record that neither the table nor the changes
 * contain. Otherwise a small file could produce a table of any size.
 */
export function checkRecordOrder(table: string, { order = [], added = [] }: TableChanges, oldCount: number): void {
  const runs = order.filter((run) => typeof run !== "number").sort(([a], [b]) => a - b);
  let end = 0;
  for (const [from, count] of runs) {
    if (from + count > oldCount) throw wrongOrder(table, `names record ${from + count} of ${oldCount}`);
    if (count > 0 && from < end) throw wrongOrder(table, `names record ${from + 1} twice`);
    end = Math.max(end, from + count);
  }
  const addedCount = order.reduce<number>((sum, run) => sum + (typeof run === "number" ? run : 0), 0);
  if (addedCount > added.length) throw wrongOrder(table, `names ${addedCount} added records, but there are ${added.length}`);
}

const wrongOrder = (table: string, defect: string): CannotApplyError =>
  new CannotApplyError(`These changes are damaged: the order of ${table} ${defect}. Fetch them again, or the whole release.`);
