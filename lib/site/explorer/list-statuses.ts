import type { JsonRecord } from "../../formats/value.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import type { DescribedValue } from "../../schema/schema.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { ExploredRecords } from "./explored-records.ts";
import { describedPropertyValues, propertyWithRole } from "./property.ts";
import { type Standing, standingReader } from "./standing-reader.ts";
import { standingRows } from "./standing-rows.ts";

/** The status that a record states: its value, if its property is that of the board. */
export function statedStatus(plan: TablePlan, record: JsonRecord): string | undefined {
  const [property, value] = (["property", "value"] as const).map((role) => propertyWithRole(plan, role)?.[0]);
  if (!plan.board?.property || property === undefined || value === undefined) return undefined;
  if (record[property] !== plan.board.property) return undefined;
  const held = record[value];
  const status = held !== null && typeof held === "object" ? Object.values(held).find((inner) => typeof inner === "string") : held;
  return typeof status === "string" ? status : undefined;
}

/**
 * The statuses of each subject: the values of its preferred statements with the property of the board, or else of all that stand. Several
 * if none is preferred.
 */
export function listStatuses({ plan, records }: ExploredRecords): ReadonlyMap<string, string[]> {
  const subject = propertyWithRole(plan, "subject")?.[0];
  if (subject === undefined) return new Map();
  const standingOf = standingReader(plan);
  const stated = new Map<string, (Standing & { status: string })[]>();
  for (const record of records) {
    const status = statedStatus(plan, record);
    if (status === undefined) continue;
    const key = String(record[subject]);
    stated.set(key, [...(stated.get(key) ?? []), { status, ...standingOf(record) }]);
  }
  const statuses = [...stated].map(([key, all]): [string, string[]] => [key, [...new Set(standingRows(all).map(({ status }) => status))]]);
  return new Map(statuses.filter(([, found]) => found.length > 0));
}

/** What the schema says about each value that may be a status, also of values that only other properties have. */
export function statusValues(plan: TablePlan): Record<string, DescribedValue> {
  const own = propertyWithRole(plan, "status");
  if (own) return describedPropertyValues(own[1]);
  const value = propertyWithRole(plan, "value");
  const inner = Object.values(value?.[1].properties ?? {}).map((schema) => describedPropertyValues(resolveSchema(schema, plan.record)));
  const found = new Map<string, DescribedValue>();
  // Two properties may have a value of one name: the one with a tone is a status.
  for (const [status, meaning] of [describedPropertyValues(value?.[1]), ...inner].flatMap(Object.entries<DescribedValue>))
    if (meaning.tone !== undefined || !found.has(status)) found.set(status, meaning);
  return Object.fromEntries(found);
}

/** The statuses in the order of the schema: those with a tone, and those that are stated. Stated ones that the schema does not describe are last. */
export function describedStatuses(plan: TablePlan, stated: Iterable<string>): [status: string, meaning: DescribedValue][] {
  const used = new Set(stated);
  const described = Object.entries(statusValues(plan)).filter(([status, { tone }]) => tone !== undefined || used.has(status));
  for (const [status] of described) used.delete(status);
  return [...described, ...[...used].map((status): [string, DescribedValue] => [status, {}])];
}
