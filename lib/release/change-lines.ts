import { recordKey } from "../contract/record-key.ts";
import { displayText } from "../formats/display-text.ts";
import type { Labels } from "../formats/labels.ts";
import type { JsonRecord, Value } from "../formats/value.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import type { Difference, TableDifference } from "./difference.ts";

/** One line of a difference, whether it is shown as Markdown or in a terminal. */
export type ChangeLine =
  | { kind: "shape"; isBreaking: boolean; change: string }
  | { kind: "table"; table: string }
  | RecordLine
  | { kind: "more"; count: number };

export interface RecordLine {
  kind: "record";
  change: "added" | "corrected" | "removed" | "replaced";
  /** Key of the record that replaced it. */
  by?: string;
  key: string;
  /** Omitted if it equals the key. */
  title?: string;
  fields?: { name: string; old: string; now: string }[];
}

/** The display name of a record: its label, or the labels of its columns with roles. */
function recordTitle(plan: TablePlan, record: JsonRecord, labels: Labels): string {
  const label = plan.labelColumn === undefined ? undefined : record[plan.labelColumn];
  if (typeof label === "string") return label;
  const properties = Object.entries(plan.record.properties ?? {}).map(
    ([name, schema]) => [name, resolveSchema(schema, plan.record)] as const,
  );
  const withRole = ["subject", "property", "value"].flatMap((role) => properties.filter(([, schema]) => schema.role === role));
  // Without roles: the labels of its references and its first other value.
  const referring = properties.filter(([, schema]) => schema.references);
  const own = properties.filter(([name, schema]) => !schema.references && !plan.primaryKey.includes(name)).slice(0, 1);
  const shown = withRole.length > 0 ? withRole : [...referring, ...own];
  return shown.flatMap(([name, schema]) => displayText(schema, record[name], labels) ?? []).join(" · ");
}

/** A value as JSON, followed by its display text if that differs. */
function valueText(plan: TablePlan, name: string, value: Value, labels: Labels): string {
  if (value === undefined) return "nothing";
  const schema = resolveSchema(plan.record.properties?.[name] ?? {}, plan.record);
  const shown = Array.isArray(value)
    ? value.map((item) => displayText(resolveSchema(schema.items ?? {}, plan.record), item, labels) ?? "").join("; ")
    : displayText(schema, value, labels);
  const raw = typeof value === "string" ? value : JSON.stringify(value);
  return shown !== undefined && shown !== raw && typeof value === "string" ? `${raw} (${shown})` : (shown ?? raw);
}

function recordLines({ added, changed, replaced, removed }: TableDifference, plan: TablePlan, labels: Labels): RecordLine[] {
  const lineOf = (change: RecordLine["change"], key: string, record: JsonRecord): RecordLine => {
    const title = recordTitle(plan, record, labels);
    return { kind: "record", change, key, ...(title === "" || title === key ? {} : { title }) };
  };
  const successors = new Set(replaced.map(({ by }) => by));
  return [
    ...removed.map(({ key, record }) => lineOf("removed", key, record)),
    ...replaced.map(({ key, by, record }) => ({ ...lineOf("replaced", key, record), by })),
    ...changed.map(({ key, fields, record }) => ({
      ...lineOf("corrected", key, record),
      fields: Object.entries(fields).map(([name, { old, new: now }]) => ({
        name,
        old: valueText(plan, name, old, labels),
        now: valueText(plan, name, now, labels),
      })),
    })),
    ...added.filter((record) => !successors.has(recordKey(plan, record))).map((record) => lineOf("added", recordKey(plan, record), record)),
  ];
}

/** Yields the lines of a difference: at most `limit` lines for the schema, and for each table. */
export function* changeLines(
  { schema, tables }: Difference,
  plans: readonly TablePlan[],
  labels: Labels,
  limit: number,
): Generator<ChangeLine> {
  for (const { level, change } of schema.slice(0, limit)) yield { kind: "shape", isBreaking: level === "major", change };
  if (schema.length > limit) yield { kind: "more", count: schema.length - limit };
  for (const [table, changes] of Object.entries(tables)) {
    const { counts } = changes;
    const plan = plans.find(({ name }) => name === table);
    const total = counts.added + counts.changed + counts.replaced + counts.removed;
    if (!plan || total === 0) continue;
    yield { kind: "table", table };
    const lines = recordLines(changes, plan, labels);
    yield* lines.slice(0, limit);
    const count = total - Math.min(lines.length, limit);
    if (count > 0) yield { kind: "more", count };
  }
}
