import type { JsonRecord } from "../formats/value.ts";
import { parseRecordLine } from "../ports/parse-record-line.ts";
import type { TablePlan } from "../schema/table-plan.ts";

const DEPRECATED = "deprecated";

const rankColumn = ({ columns }: TablePlan): string | undefined =>
  columns.find(({ schema, path, item }) => schema.role === "rank" && path.length === 1 && !item)?.name;

/** Whether a record is not deprecated. */
export function isActiveRecord(plan: TablePlan): (record: JsonRecord) => boolean {
  const rank = rankColumn(plan);
  return rank === undefined ? () => true : (record) => record[rank] !== DEPRECATED;
}

/** Counts the records that are not deprecated in whole lines. Only lines that contain the word are parsed. */
export function activeRecordCounter(plan: TablePlan): (lines: Buffer, count: number) => number {
  const isActive = isActiveRecord(plan);
  if (rankColumn(plan) === undefined) return (_, count) => count;
  return (lines, count) => {
    if (!lines.includes(DEPRECATED)) return count;
    const texts = lines.toString("utf8").split("\n").slice(0, -1);
    return texts.filter((line) => !line.includes(DEPRECATED) || isActive(parseRecordLine(line))).length;
  };
}
