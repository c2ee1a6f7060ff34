import { plural } from "../../lib/contract/plural.ts";
import { escapeMarkdown } from "../../lib/release/escape-markdown.ts";
import { inlineCode } from "../../lib/release/inline-code.ts";
import { allWarnings } from "./all-warnings.ts";
import type { CheckedDataset } from "./checked-dataset.ts";

/** Maximum warnings per dataset in a comment. The check run lists more. */
const LISTED_WARNINGS = 10;

function outcomeOf({ dataset, problemCount, change, notCompared, end }: CheckedDataset): string {
  const name = `**${escapeMarkdown(dataset)}**`;
  if (end !== undefined) return `${name} ${escapeMarkdown(end)}`;
  if (problemCount > 0)
    return `${name}: ${plural(problemCount, "problem")}. They are marked at their lines in the files of this pull request, and in the check.`;
  if (notCompared !== undefined) return `${name}: no problems. What changes for readers is unknown: ${escapeMarkdown(notCompared)}.`;
  if (!change) return `${name}: no problems.`;
  if (change.level === "none") return `${name}: no problems, and nothing changes for readers.`;
  return `${name}: no problems. Merged, this makes a **${change.level}** release.\n\n<details><summary>What changes</summary>\n\n${change.markdown}\n</details>`;
}

function warningList(checked: CheckedDataset): string[] {
  const warnings = allWarnings(checked);
  if (warnings.length === 0) return [];
  const items = warnings.slice(0, LISTED_WARNINGS).map(({ file, line, message, remedy }) => {
    const location = `${checked.dataset}/${file}${line > 0 ? `:${line}` : ""}`;
    return `- ${inlineCode(location)} ${escapeMarkdown([message, remedy].filter(Boolean).join(" "))}`;
  });
  const left = warnings.length - items.length;
  return [[`${plural(warnings.length, "warning")}:`, "", ...items, ...(left > 0 ? [`- and ${left} more in the check`] : [])].join("\n")];
}

const describeDataset = (checked: CheckedDataset): string => [outcomeOf(checked), ...warningList(checked)].join("\n\n");

/** The comment on a pull request: its changes by dataset. */
export const commentText = (checked: readonly CheckedDataset[]): string =>
  checked.length > 0 ? checked.map(describeDataset).join("\n\n") : "No dataset changes.";
