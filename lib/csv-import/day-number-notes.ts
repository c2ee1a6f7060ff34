import type { Schema } from "../schema/schema.ts";
import type { ColumnStatistics } from "./column-statistics.ts";

const DAY =
  /(^|_)(date|day|datum|fecha|dato|data|opened|closed|born|died|birthday|dob|created|updated|modified|start|end|since|until|from|to|von|bis|ab|seit|beginn|ende)(_|$)/;
const TIME = /(^|_)(time|timestamp|at|ts|epoch|zeit|zeitstempel|hora|heure)(_|$)/;
/** Minimum cells: fewer numbers may look like days by chance. */
const MANY = 5;

/** Numbers that may be days: counted from 1900 as spreadsheets do, without hyphens, or seconds since 1970. */
export function dayNumberNotes(name: string, { type }: Schema, statistics: ColumnStatistics): string[] {
  if (type !== "integer" && type !== "number") return [];
  const isDay = DAY.test(name);
  const isTime = isDay || TIME.test(name);
  if (isTime && statistics.looksSerial)
    return ["numbers of five digits: if they are Excel dates, format the column as a date there and save it again"];
  if (statistics.looksCompact && (isTime || statistics.cells >= MANY))
    return ["numbers of eight digits: if they are days, write 20200915 as 2020-09-15"];
  if (isTime && statistics.looksEpoch)
    return ["numbers of ten or thirteen digits: if they are times since 1970, write them as 2020-09-15T12:00:00Z"];
  return [];
}
