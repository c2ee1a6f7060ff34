import type { JsonRecord } from "../formats/cell-text.ts";
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

/** Like `isActiveRecord` for a line, which is parsed only if it contains the word. */
export function isActiveLine(plan: TablePlan): (line: Buffer) => boolean {
  const isActive = isActiveRecord(plan);
  if (rankColumn(plan) === undefined) return () => true;
  return (line) => !line.includes(DEPRECATED) || isActive(parseRecordLine(line.toString("utf8")));
}
