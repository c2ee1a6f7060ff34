import type { JsonRecord } from "../formats/value.ts";
import type { Explored } from "../site/explorer/explored.ts";
import { describedStatuses, listStatuses } from "../site/explorer/list-statuses.ts";
import { propertyWithRole } from "../site/explorer/property.ts";
import { standingOrder, standingReader } from "../site/explorer/standing-reader.ts";
import { propertyOrder } from "./property-order.ts";

/** Returns a function that maps a key to the position of its first occurrence. */
function positions(keys: Iterable<string>): (key: string) => number {
  const known = new Map<string, number>();
  for (const key of keys) if (!known.has(key)) known.set(key, known.size);
  return (key) => known.get(key) ?? known.size;
}

/**
 * Sorts statements in the order of the answer: by status of the subject in schema order, without status last; then by property; preferred
 * statements first. `line` is the index in the files.
 */
export function orderRecords(explored: Explored): { record: JsonRecord; line: number }[] {
  const { plan, records } = explored;
  const [subject = "", property = ""] = (["subject", "property"] as const).map((role) => propertyWithRole(plan, role)?.[0]);
  const standingOf = standingReader(plan);
  const statuses = listStatuses(explored);
  const codes = positions(describedStatuses(plan, [...statuses.values()].flat()).map(([status]) => status));
  const properties = positions([...propertyOrder(explored), ...records.map((record) => String(record[property]))]);
  const subjects = positions(records.map((record) => String(record[subject])));
  const positionOf = (record: JsonRecord, line: number): number[] => {
    const key = String(record[subject]);
    const first = Math.min(...(statuses.get(key) ?? []).map(codes));
    return [first, subjects(key), properties(String(record[property])), standingOrder(standingOf(record)), line];
  };
  const positioned = records.map((record, line) => ({ record, line, position: positionOf(record, line) }));
  const compare = (a: number[], b: number[]): number => {
    const at = a.findIndex((number, i) => number !== b[i]);
    return at < 0 ? 0 : (a[at] as number) < (b[at] as number) ? -1 : 1;
  };
  return positioned.sort((a, b) => compare(a.position, b.position)).map(({ record, line }) => ({ record, line }));
}
