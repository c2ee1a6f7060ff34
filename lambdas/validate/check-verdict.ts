import type { IsolatedResult } from "../../lib/adapters/threads/isolated-check.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import type { Verdict } from "../../lib/ports/forge.ts";
import { escapeMarkdown, neutralizeMentions } from "../../lib/release/escape-markdown.ts";

/** The check of one dataset. */
export interface CheckedDataset extends IsolatedResult {
  dataset: string;
}

/** A dataset whose check did not run, with the reason as its problem. */
export const notChecked = (dataset: string, message: string): CheckedDataset => ({
  dataset,
  problems: [{ file: ".", line: 0, column: 0, message }],
  problemCount: 1,
  records: new Map(),
});

const problemCountText = (count: number): string => `${count} problem${count > 1 ? "s" : ""}`;

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

const recordCounts = ({ records }: CheckedDataset): string => [...records].map(([table, count]) => `${count} ${table}`).join(", ");

const plainText = (text: string): string => neutralizeMentions(escapeMarkdown(text));

export function checkVerdict(checked: readonly CheckedDataset[], dataFolder: string): Verdict {
  const problems: Problem[] = checked.flatMap(({ dataset, problems, change }) =>
    [...problems, ...(change?.problems ?? [])].map((problem) => ({
      ...problem,
      file: problem.file === "." ? `${dataFolder}/${dataset}/dataset.json` : `${dataFolder}/${dataset}/${problem.file}`,
    })),
  );
  const problemCount = checked.reduce((sum, { problemCount, change }) => sum + problemCount + (change?.problems.length ?? 0), 0);
  if (problemCount > 0) return { conclusion: "failure", title: problemCountText(problemCount), summary: "", problems, problemCount };
  const levels = checked.flatMap(({ dataset, change }) =>
    change && change.level !== "none" ? [`${dataset}: ${change.level}, ${change.summary}`] : [],
  );
  const lines = [
    ...checked.map((one) => `- ${plainText(one.dataset)}: ${plainText(recordCounts(one)) || "deleted"}`),
    ...levels.map((level) => `- ${plainText(level)}`),
  ];
  return { conclusion: "success", title: levels[0] ?? "No problems", summary: lines.join("\n"), problems, problemCount };
}
