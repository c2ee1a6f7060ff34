import type { IsolatedResult } from "../../lib/adapters/threads/isolated-check.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import type { Verdict } from "../../lib/ports/forge.ts";
import { escapeMarkdown } from "../../lib/release/escape-markdown.ts";
import { neutralizeMentions } from "../../lib/release/neutralize-mentions.ts";
import { problemCountText } from "./problem-count-text.ts";

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

/** "Could not tell" is never "nothing wrong": a commit whose check did not complete fails. */
export const incompleteVerdict = (why: string): Verdict => ({
  conclusion: "failure",
  title: "The check did not complete",
  summary: `${plainText(why)}. Nothing is known about the data. Choose "Re-run" above, or push again.`,
  problems: [],
  problemCount: 0,
});

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
