import type { JsonRecord } from "../../formats/value.ts";
import { TONES } from "../../schema/schema.ts";
import type { Explored } from "./explored.ts";
import type { Row } from "./explorer-model.ts";
import { listStatuses, statedStatus, statusValues } from "./list-statuses.ts";
import { propertyWithRole } from "./property.ts";
import { standingRows } from "./standing-rows.ts";

interface Told {
  record: JsonRecord;
  row: Row;
}

/** The statements of each subject. */
function aboutSubjects({ plan, records }: Explored, rows: readonly Row[]): Map<string, Told[]> {
  const subject = propertyWithRole(plan, "subject")?.[0] ?? "";
  const about = new Map<string, Told[]>();
  for (const [i, record] of records.entries()) {
    const key = String(record[subject]);
    const told = about.get(key);
    if (told) told.push({ record, row: rows[i] as Row });
    else about.set(key, [{ record, row: rows[i] as Row }]);
  }
  return about;
}

/**
 * Marks on the timeline the statements about when a status began (`since` of the status) instead of the status itself: a report of 2025
 * that a country has signed is not a signature in 2025. A statement with another status than its subject has is a dot, because the label of
 * the lane is the status of the subject.
 */
export function addMarks(explored: Explored, rows: readonly Row[]): void {
  const { plan } = explored;
  const property = propertyWithRole(plan, "property")?.[0] ?? "";
  const values = statusValues(plan);
  const about = aboutSubjects(explored, rows);
  const mark = (told: readonly Told[], status: string): void => {
    const { since, tone } = values[status] ?? {};
    const dating = standingRows(told.filter(({ record }) => record[property] === since).map(({ row }) => row)).filter(({ days }) => days);
    if (tone === undefined || !TONES.includes(tone) || dating.length === 0) return;
    for (const row of dating) row.mark = tone;
    for (const { record, row } of told) if (statedStatus(plan, record) === status) row.mark = "";
  };
  for (const [key, statuses] of listStatuses(explored)) {
    const told = about.get(key) ?? [];
    for (const status of statuses) mark(told, status);
    for (const { record, row } of told) {
      const stated = statedStatus(plan, record);
      if (stated !== undefined && !statuses.includes(stated)) row.mark = "";
    }
  }
}
