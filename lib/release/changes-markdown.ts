import type { Labels } from "../formats/labels.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { type ChangeLine, changeLines } from "./change-lines.ts";
import { MAX_NAMED_CHANGES } from "./changes-text.ts";
import { type Difference, summarizeDifference } from "./difference.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import { inlineCode } from "./inline-code.ts";
import { type DifferenceWording, PUBLISHED_WORDING } from "./wording.ts";

/** Explains why a release is not compared with the previous one. */
const skippedText = (skipped: string, since: string): string =>
  `${escapeMarkdown(skipped)}, the release before this one, was withdrawn or removed. So this one is compared with ${escapeMarkdown(since)}.`;

/**
 * Text of `CHANGES.md`, and of the comment on a pull request, whose words may change: it is not published. `skipped`: the previous release, if
 * an older one was compared.
 */
export function changesMarkdown(
  heading: { title: string; since: string; everything: string; skipped?: string; wording?: DifferenceWording },
  difference: Difference,
  plans: readonly TablePlan[],
  labels: Labels,
): string {
  const { wording = PUBLISHED_WORDING } = heading;
  const out = [
    `# ${escapeMarkdown(heading.title)}`,
    "",
    `Since ${escapeMarkdown(heading.since)}: **${difference.level}**. ${escapeMarkdown(summarizeDifference(difference, wording))}.`,
    "",
    ...(heading.skipped === undefined ? [] : [skippedText(heading.skipped, heading.since), ""]),
  ];
  for (const line of changeLines(difference, plans, labels, MAX_NAMED_CHANGES)) {
    if (line.kind === "table" && out.at(-1) !== "") out.push("");
    out.push(...markdownLines(line, heading.everything, wording));
  }
  return `${out.join("\n").trimEnd()}\n`;
}

function markdownLines(line: ChangeLine, everything: string, { shape }: DifferenceWording): string[] {
  switch (line.kind) {
    case "shape":
      return [`- ${line.isBreaking ? "**breaking**: " : ""}${escapeMarkdown(shape(line.change))}`];
    case "table":
      return [`## ${line.table}`, ""];
    case "more":
      return [`- and ${line.count} more: ${everything}`];
    case "record": {
      const change = line.by === undefined ? line.change : `replaced by ${inlineCode(line.by)}:`;
      const title = line.title === undefined ? "" : ` ${escapeMarkdown(line.title)}`;
      const fields = line.fields ?? [];
      return [
        `- ${change} ${inlineCode(line.key)}${title}`,
        ...fields.map(({ name, old, now }) => `  - ${inlineCode(name)}: ${inlineCode(old)} → ${inlineCode(now)}`),
      ];
    }
  }
}
