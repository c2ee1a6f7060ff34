import { type Difference, summary } from "./difference.ts";

/** `changes.json`: what is different from the release before. */
export const changesJson = (from: string, to: string, difference: Difference): string =>
  `${JSON.stringify({ from, to, ...difference }, null, 1)}\n`;

const shown = (value: unknown): string => (value === undefined ? "nothing" : `\`${JSON.stringify(value).replaceAll("`", "'")}\``);

/** `CHANGES.md`: the same for people. */
export function changesMarkdown(
  from: string,
  to: string,
  difference: Difference,
  keyOf: (table: string, record: object) => string,
): string {
  const lines = [`# ${to}`, "", `Since ${from}: ${difference.level}. ${summary(difference)}.`, ""];
  if (difference.schema.length > 0) lines.push(...difference.schema.map(({ level, change }) => `- ${level}: ${change}`), "");
  for (const [table, { added, removed, changed }] of Object.entries(difference.tables)) {
    if (added.length + removed.length + changed.length === 0) continue;
    lines.push(`## ${table}`, "");
    for (const record of removed) lines.push(`- removed \`${keyOf(table, record)}\``);
    for (const { key, fields } of changed)
      lines.push(
        `- corrected \`${key}\``,
        ...Object.entries(fields).map(([name, { old, new: now }]) => `  - ${name}: ${shown(old)} → ${shown(now)}`),
      );
    for (const record of added) lines.push(`- added \`${keyOf(table, record)}\``);
    lines.push("");
  }
  return lines.join("\n");
}
