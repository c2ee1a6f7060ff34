import { recordKey } from "../contract/record-key.ts";
import { displayText, type JsonRecord, type Labels, type Value } from "../formats/cells.ts";
import { resolve, type TablePlan } from "../schema/table-plan.ts";
import { type Difference, summary } from "./difference.ts";
import { escapeMarkdown, inlineCode, singleLine } from "./markdown.ts";

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
  `${escapeMarkdown(skipped)}, the release before this one, was withdrawn or removed. So this one is compared with ${escapeMarkdown(since)}.`;

/** `CHANGES.md`, and the comment on a pull request. `skipped`: the release before, where it was compared with an older one. */
export function changesMarkdown(
  heading: { title: string; since: string; everything: string; skipped?: string },
  difference: Difference,
  plans: readonly TablePlan[],
  labels: Labels,
): string {
  const out = [
    `# ${escapeMarkdown(heading.title)}`,
    "",
    `Since ${escapeMarkdown(heading.since)}: **${difference.level}**. ${escapeMarkdown(summary(difference))}.`,
    "",
    ...(heading.skipped === undefined ? [] : [skippedText(heading.skipped, heading.since), ""]),
  ];
  for (const line of linesOf(difference, plans, labels, NAMED)) {
    if ("table" in line) out.push(...(out.at(-1) === "" ? [] : [""]), `## ${line.table}`, "");
    else if ("more" in line) out.push(`- and ${line.more} more: ${heading.everything}`);
    else if (line.key === undefined) out.push(`- ${line.sign === "!" ? "**breaking**: " : ""}${escapeMarkdown(line.what)}`);
    else {
      out.push(
        `- ${line.what.startsWith("replaced by ") ? `replaced by ${inlineCode(line.what.slice(12))}:` : line.what} ${inlineCode(line.key)}${line.title && line.title !== line.key ? ` ${escapeMarkdown(line.title)}` : ""}`,
      );
      for (const { name, old, now } of line.fields ?? []) out.push(`  - ${inlineCode(name)}: ${inlineCode(old)} → ${inlineCode(now)}`);
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
    else if (line.key === undefined) out.push(paint(line.sign, `${line.sign} ${singleLine(line.what)}`));
    else {
      out.push(
        paint(
          line.sign,
          `  ${line.sign === ">" ? "-" : line.sign} ${singleLine(line.key)}${line.title && line.title !== line.key ? `  ${singleLine(line.title)}` : ""}${line.sign === ">" ? `  (${singleLine(line.what)})` : ""}`,
        ),
      );
      for (const { name, old, now } of line.fields ?? []) out.push(`      ${singleLine(name)}: ${singleLine(old)} → ${singleLine(now)}`);
    }
  }
  return out.map((line) => `${line}\n`).join("");
}
