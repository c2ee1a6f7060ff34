import { escapeMarkdown } from "../../lib/release/escape-markdown.ts";
import type { CheckedDataset } from "./check-verdict.ts";
import { problemCountText } from "./problem-count-text.ts";

function describeDataset({ dataset, problemCount, change, notCompared }: CheckedDataset): string {
  const name = `**${escapeMarkdown(dataset)}**`;
  if (problemCount > 0)
    return `${name}: ${problemCountText(problemCount)}. They are marked at their lines in the files of this pull request, and in the check.`;
  if (notCompared !== undefined) return `${name}: no problems. What changes for readers is unknown: ${escapeMarkdown(notCompared)}.`;
  if (!change) return `${name}: no problems.`;
  if (change.level === "none") return `${name}: no problems, and nothing changes for readers.`;
  return `${name}: no problems. Merged, this makes a **${change.level}** release.\n\n<details><summary>What changes</summary>\n\n${change.markdown}\n</details>`;
}

/** The comment on a pull request: what it would change, dataset by dataset. */
export const commentText = (checked: readonly CheckedDataset[]): string =>
  checked.length > 0 ? checked.map(describeDataset).join("\n\n") : "No dataset is touched.";
