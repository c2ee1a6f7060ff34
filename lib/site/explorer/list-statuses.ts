import type { JsonRecord } from "../../formats/value.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import type { ValueNote } from "../../schema/schema.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { ExploredRecords } from "./explored-records.ts";
import { propertyNotes, propertyWithRole } from "./property.ts";
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

/** The notes of all values that may be a status, also of values that only other properties have. */
export function statusNotes(plan: TablePlan): Record<string, ValueNote> {
  const own = propertyWithRole(plan, "status");
  if (own) return propertyNotes(own[1]);
  const value = propertyWithRole(plan, "value");
  const inner = Object.values(value?.[1].properties ?? {}).map((schema) => propertyNotes(resolveSchema(schema, plan.record)));
  const notes = new Map<string, ValueNote>();
  // Two properties may have a value of one name: the one with a tone is a status.
  for (const [status, note] of [propertyNotes(value?.[1]), ...inner].flatMap(Object.entries<ValueNote>))
    if (note.tone !== undefined || !notes.has(status)) notes.set(status, note);
  return Object.fromEntries(notes);
}

/** The statuses in the order of the schema: those with a tone, and those that are stated. Stated ones without a note are last. */
export function notedStatuses(plan: TablePlan, stated: Iterable<string>): [status: string, note: ValueNote][] {
  const used = new Set(stated);
  const noted = Object.entries(statusNotes(plan)).filter(([status, { tone }]) => tone !== undefined || used.has(status));
  for (const [status] of noted) used.delete(status);
  return [...noted, ...[...used].map((status): [string, ValueNote] => [status, {}])];
}
