import type { JsonRecord } from "../../formats/cell-text.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import type { TablePlan, ValueNote } from "../../schema/table-plan.ts";
import type { ExploredRecords } from "./make-facets.ts";
import { propertyNotes, propertyWithRole } from "./property.ts";

/** The status that a record states: its value, if its property is that of the board. */
export function statedStatus(plan: TablePlan, record: JsonRecord): string | undefined {
  const [property, value] = ["property", "value"].map((role) => propertyWithRole(plan, role)?.[0]);
  if (!plan.board?.property || property === undefined || value === undefined) return undefined;
  if (record[property] !== plan.board.property) return undefined;
  const held = record[value];
  const status = held !== null && typeof held === "object" ? Object.values(held).find((inner) => typeof inner === "string") : held;
  return typeof status === "string" ? status : undefined;
}

/**
 * The statuses of each subject: the values of its preferred statements with the property of the board, or else of those that are not
 * deprecated. Several if none is preferred.
 */
export function listStatuses({ plan, records }: ExploredRecords): ReadonlyMap<string, string[]> {
  const [subject, rank] = ["subject", "rank"].map((role) => propertyWithRole(plan, role)?.[0]);
  const best = new Map<string, { values: string[]; isPreferred: boolean }>();
  if (subject === undefined) return new Map();
  for (const record of records) {
    const status = statedStatus(plan, record);
    const ranked = rank === undefined ? "normal" : record[rank];
    if (status === undefined || ranked === "deprecated") continue;
    const key = String(record[subject]);
    const isPreferred = ranked === "preferred";
    const before = best.get(key);
    if (!before || (isPreferred && !before.isPreferred)) best.set(key, { values: [status], isPreferred });
    else if (isPreferred === before.isPreferred && !before.values.includes(status)) before.values.push(status);
  }
  return new Map([...best].map(([key, { values }]) => [key, values]));
}

/** The display notes of each status. */
export function statusNotes(plan: TablePlan): Record<string, ValueNote> {
  const own = propertyWithRole(plan, "status");
  if (own) return propertyNotes(own[1]);
  const value = propertyWithRole(plan, "value");
  const inner = Object.values(value?.[1].properties ?? {}).map((schema) => propertyNotes(resolveSchema(schema, plan.record)));
  return Object.fromEntries(
    [propertyNotes(value?.[1]), ...inner].flatMap((notes) => Object.entries(notes).filter(([, { tone }]) => tone !== undefined)),
  );
}
