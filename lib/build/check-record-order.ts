import type { TableChanges } from "../release/changes-file.ts";
import { CannotApplyError } from "./cannot-apply-error.ts";

/**
 * Throws `CannotApplyError` if the order of a table names records that neither it nor the changes have, or one twice: a small file could
 * otherwise make a table of any size.
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
  if (addedCount > added.length) throw wrongOrder(table, `names ${addedCount} added records, and there are ${added.length}`);
}

const wrongOrder = (table: string, what: string): CannotApplyError =>
  new CannotApplyError(`These changes are damaged: the order of ${table} ${what}. Fetch them again, or the whole release.`);
