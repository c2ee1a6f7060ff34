import { recordKey } from "../contract/record-key.ts";
import { displayText, type JsonRecord, type Labels, type Value } from "../formats/cells.ts";
import { resolve, type Schema, type TablePlan } from "../schema/table-plan.ts";
import {
  CHANGE_LISTS,
  type Change,
  type ChangedRecord,
  type ChangeList,
  type Difference,
  type Level,
  summary,
  withFields,
} from "./difference.ts";
import { code, literal, visible } from "./markdown.ts";

/** What `changes.json` says besides tables: enough to make the new release from the old one. */
export interface ChangesHead {
  from: string;
  to: string;
  commit: string | null;
  date: string | null;
  generator: string;
  /** The layout of the newer release, where it is not that of the older one. */
  layout?: number;
  /** New contents of documents that differ; those of the old release hold where one is missing. */
  documents: { dataset?: object; schema?: Schema; license?: string };
  /** The release before the newer one, where that is not `from`; `manifest` is the SHA-256 of its SHA256SUMS. */
  previous?: { version: string; manifest: string };
  /** The older release was removed: nothing of it is quoted, and nothing can be applied. */
  removed?: true;
}

/** `changes.json` as it is read back. */
export interface ChangesFile extends ChangesHead {
  level: Level;
  summary: string;
  schema: Change[];
  tables: Record<string, TableChanges>;
}

export interface TableChanges {
  counts: Record<string, number>;
  added?: JsonRecord[];
  changed?: ChangedRecord[];
  replaced?: { key: string; by: string; record: JsonRecord }[];
  removed?: { key: string; record: JsonRecord }[];
  rewritten?: { key: string; record: JsonRecord }[];
  order?: (number | [number, number])[];
}

/** One piece of `changes.json`: text, or the lines of a list. */
export type ChangesPart = string | { table: string; list: ChangeList };

/** `changes.json` in parts, so that no list has to be kept in memory: one value a line. */
export function* changesParts(head: ChangesHead, difference: Difference): Generator<ChangesPart> {
  const { from, to, ...more } = head;
  const start = { from, to, level: difference.level, summary: summary(difference), ...more, schema: difference.schema };
  yield `${JSON.stringify(start, null, 1).slice(0, -2)},\n "tables": {`;
  let first = true;
  for (const [table, { counts, spools }] of Object.entries(difference.tables)) {
    const lists = CHANGE_LISTS.filter((list) => spools[list] !== undefined);
    if (lists.length === 0) continue;
    yield `${first ? "" : ","}\n  ${JSON.stringify(table)}: {\n   "counts": ${JSON.stringify(counts)}`;
    first = false;
    for (const list of lists) {
      yield `,\n   ${JSON.stringify(list)}: [\n`;
      yield { table, list };
      yield "\n   ]";
    }
    yield "\n  }";
  }
  yield first ? "}\n}\n" : "\n }\n}\n";
}

/** The records of the new table, from those of the old one. */
export function applyTable(old: readonly JsonRecord[], changes: TableChanges, keyOf: (record: JsonRecord) => string): JsonRecord[] {
  const changed = new Map((changes.changed ?? []).map((change) => [change.key, change]));
  const rewritten = new Map((changes.rewritten ?? []).map(({ key, record }) => [key, record]));
  const gone = new Set([...(changes.removed ?? []), ...(changes.replaced ?? [])].map(({ key }) => key));
  const added = changes.added ?? [];
  const laid = (record: JsonRecord): JsonRecord => {
    const change = changed.get(keyOf(record));
    return change ? (change.record ?? withFields(record, change.fields)) : (rewritten.get(keyOf(record)) ?? record);
  };
  if (!changes.order) return [...old.filter((record) => !gone.has(keyOf(record))).map(laid), ...added];
  const records: JsonRecord[] = [];
  let next = 0;
  for (const run of changes.order)
    if (typeof run === "number") {
      records.push(...added.slice(next, next + run));
      next += run;
    } else records.push(...old.slice(run[0], run[0] + run[1]).map(laid));
  return records;
}

/** Names a record to people: its label, or what it is about. */
function recordTitle(plan: TablePlan, record: JsonRecord, labels: Labels): string {
  const label = plan.labelColumn === undefined ? undefined : record[plan.labelColumn];
  if (typeof label === "string") return label;
  const properties = Object.entries(plan.record.properties ?? {}).map(([name, schema]) => [name, resolve(schema, plan.record)] as const);
  const withRole = ["subject", "property", "value"].flatMap((role) => properties.filter(([, schema]) => schema.role === role));
  // Without roles: what it belongs to, as far as that has a label, and its first own value.
  const referring = properties.filter(([, schema]) => schema.references);
  const own = properties.filter(([name, schema]) => !schema.references && !plan.primaryKey.includes(name)).slice(0, 1);
  const shown = withRole.length > 0 ? withRole : [...referring, ...own];
  return shown.flatMap(([name, schema]) => displayText(schema, record[name], labels) ?? []).join(" · ");
}

/** The references of some records, table → keys: what labels are needed for. */
export function referencesOf(plan: TablePlan, records: readonly JsonRecord[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const walk = (schema: Schema, value: Value): void => {
    const resolved = resolve(schema, plan.record);
    if (Array.isArray(value)) for (const item of value) walk(resolved.items ?? {}, item);
    else if (value !== null && typeof value === "object")
      for (const [name, inner] of Object.entries(resolved.properties ?? {})) walk(inner, value[name]);
    else if (resolved.references && value !== undefined && value !== null)
      found.set(resolved.references, (found.get(resolved.references) ?? new Set()).add(String(value)));
  };
  for (const record of records) for (const [name, schema] of Object.entries(plan.record.properties ?? {})) walk(schema, record[name]);
  return found;
}

/** One line about a record or a field, in parts that text and Markdown set in their own way. */
interface Line {
  sign: "+" | "-" | "~" | "!" | ">";
  what: string;
  key?: string;
  title?: string;
  fields?: { name: string; old: string; now: string }[];
}

function* linesOf(
  difference: Difference,
  plans: readonly TablePlan[],
  labels: Labels,
  limit: number,
): Generator<Line | { table: string } | { more: number }> {
  for (const { level, change } of difference.schema.slice(0, limit)) yield { sign: level === "major" ? "!" : "~", what: change };
  if (difference.schema.length > limit) yield { more: difference.schema.length - limit };
  for (const [table, changes] of Object.entries(difference.tables)) {
    const { added, changed, replaced, removed, counts } = changes;
    const plan = plans.find(({ name }) => name === table);
    const total = counts.added + counts.changed + counts.replaced + counts.removed;
    if (!plan || total === 0) continue;
    yield { table };
    const title = (record: JsonRecord): string => recordTitle(plan, record, labels);
    const newcomers = new Set(replaced.map(({ by }) => by));
    const text = (name: string, value: Value): string => {
      if (value === undefined) return "nothing";
      const schema = resolve(plan.record.properties?.[name] ?? {}, plan.record);
      const shown = Array.isArray(value)
        ? value.map((item) => displayText(resolve(schema.items ?? {}, plan.record), item, labels) ?? "").join("; ")
        : displayText(schema, value, labels);
      const raw = typeof value === "string" ? value : JSON.stringify(value);
      return shown !== undefined && shown !== raw && typeof value === "string" ? `${raw} (${shown})` : (shown ?? raw);
    };
    const lines: Line[] = [
      ...removed.map(({ key, record }): Line => ({ sign: "-", what: "removed", key, title: title(record) })),
      ...replaced.map(({ key, by, record }): Line => ({ sign: ">", what: `replaced by ${by}`, key, title: title(record) })),
      ...changed.map(
        ({ key, fields, record }): Line => ({
          sign: "~",
          what: "corrected",
          key,
          title: title(record),
          fields: Object.entries(fields).map(([name, { old, new: now }]) => ({ name, old: text(name, old), now: text(name, now) })),
        }),
      ),
      ...added
        .filter((record) => !newcomers.has(recordKey(plan, record)))
        .map((record): Line => ({ sign: "+", what: "added", key: recordKey(plan, record), title: title(record) })),
    ];
    yield* lines.slice(0, limit);
    const more = total - Math.min(lines.length, limit);
    if (more > 0) yield { more };
  }
}

/** So many records of a table are named in `CHANGES.md`; `changes.json` holds them all. */
const NAMED = 100;

/** Says why a release is not compared with the one before it. */
const skippedText = (skipped: string, since: string): string =>
  `${literal(skipped)}, the release before this one, was withdrawn or removed. So this one is compared with ${literal(since)}.`;

/** `CHANGES.md`, and the comment on a pull request. `skipped`: the release before, where it was compared with an older one. */
export function changesMarkdown(
  heading: { title: string; since: string; everything: string; skipped?: string },
  difference: Difference,
  plans: readonly TablePlan[],
  labels: Labels,
): string {
  const out = [
    `# ${literal(heading.title)}`,
    "",
    `Since ${literal(heading.since)}: **${difference.level}**. ${literal(summary(difference))}.`,
    "",
    ...(heading.skipped === undefined ? [] : [skippedText(heading.skipped, heading.since), ""]),
  ];
  for (const line of linesOf(difference, plans, labels, NAMED)) {
    if ("table" in line) out.push(...(out.at(-1) === "" ? [] : [""]), `## ${line.table}`, "");
    else if ("more" in line) out.push(`- and ${line.more} more: ${heading.everything}`);
    else if (line.key === undefined) out.push(`- ${line.sign === "!" ? "**breaking**: " : ""}${literal(line.what)}`);
    else {
      out.push(
        `- ${line.what.startsWith("replaced by ") ? `replaced by ${code(line.what.slice(12))}:` : line.what} ${code(line.key)}${line.title && line.title !== line.key ? ` ${literal(line.title)}` : ""}`,
      );
      for (const { name, old, now } of line.fields ?? []) out.push(`  - ${code(name)}: ${code(old)} → ${code(now)}`);
    }
  }
  return `${out.join("\n").trimEnd()}\n`;
}

/** The same for a terminal; `paint` colours a line by its sign. */
export function changesText(
  difference: Difference,
  plans: readonly TablePlan[],
  labels: Labels,
  paint: (sign: string, text: string) => string,
): string {
  const out: string[] = [];
  for (const line of linesOf(difference, plans, labels, NAMED)) {
    if ("table" in line) out.push(line.table);
    else if ("more" in line) out.push(`    and ${line.more} more: --format json lists them all`);
    else if (line.key === undefined) out.push(paint(line.sign, `${line.sign} ${visible(line.what)}`));
    else {
      out.push(
        paint(
          line.sign,
          `  ${line.sign === ">" ? "-" : line.sign} ${visible(line.key)}${line.title && line.title !== line.key ? `  ${visible(line.title)}` : ""}${line.sign === ">" ? `  (${visible(line.what)})` : ""}`,
        ),
      );
      for (const { name, old, now } of line.fields ?? []) out.push(`      ${visible(name)}: ${visible(old)} → ${visible(now)}`);
    }
  }
  return out.map((line) => `${line}\n`).join("");
}
