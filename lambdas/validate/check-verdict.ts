import { DATASET_FILE } from "../../lib/contract/dataset-files.ts";
import { plural } from "../../lib/contract/plural.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import type { Verdict } from "../../lib/ports/forge.ts";
import { escapeMarkdown } from "../../lib/release/escape-markdown.ts";
import { neutralizeMentions } from "../../lib/release/neutralize-mentions.ts";
import { countRecords } from "../../lib/release/record-noun.ts";
import { allWarnings } from "./all-warnings.ts";
import type { CheckedDataset } from "./checked-dataset.ts";

/** The verdict on a commit whose check did not complete: "could not tell" is never "nothing wrong". */
export const incompleteVerdict = (why: string, retryHint: string): Verdict => ({
  conclusion: "failure",
  title: "The check did not complete",
  summary: `${plainText(why)}. The data was not checked. ${retryHint}, or push again.`,
  problems: [],
  problemCount: 0,
});

/** The verdict on a commit until its build has ended. */
export const inProgressVerdict: Verdict = {
  conclusion: "in-progress",
  title: "A build checks this commit",
  summary: "It is too large for a function, so a build checks it. This takes a few minutes; the result will appear here.",
  problems: [],
  problemCount: 0,
};

const plainText = (text: string): string => neutralizeMentions(escapeMarkdown(text));

const recordCounts = ({ records }: CheckedDataset): string => [...records].map(([table, count]) => countRecords(count, table)).join(", ");

export function checkVerdict(checked: readonly CheckedDataset[], dataFolder: string): Verdict {
  const inRepository =
    (dataset: string) =>
    (problem: Problem): Problem => ({
      ...problem,
      file: problem.file === "." ? `${dataFolder}/${dataset}/${DATASET_FILE}` : `${dataFolder}/${dataset}/${problem.file}`,
    });
  const problems = checked.flatMap(({ dataset, problems, change }) =>
    [...problems, ...(change?.problems ?? [])].map(inRepository(dataset)),
  );
  const found = checked.flatMap((one) => allWarnings(one).map(inRepository(one.dataset)));
  const warnings = found.length > 0 ? { warnings: found } : {};
  const problemCount = checked.reduce((sum, { problemCount, change }) => sum + problemCount + (change?.problems.length ?? 0), 0);
  if (problemCount > 0)
    return { conclusion: "failure", title: plural(problemCount, "problem"), summary: "", problems, problemCount, ...warnings };
  const levels = checked.flatMap(({ dataset, change }) =>
    change && change.level !== "none" ? [`${dataset}: ${change.level}, ${change.summary}`] : [],
  );
  const lines = [
    ...checked.map(
      (one) =>
        `- ${plainText(one.dataset)}${one.end === undefined ? `: ${plainText(recordCounts(one)) || "deleted"}` : ` ${plainText(one.end)}`}`,
    ),
    ...levels.map((level) => `- ${plainText(level)}`),
    ...checked.flatMap(({ dataset, notCompared }) =>
      notCompared === undefined
        ? []
        : [`- ${plainText(dataset)}: not compared, so what changes for readers is unknown: ${plainText(notCompared)}`],
    ),
  ];
  const isCompared = checked.every(({ notCompared }) => notCompared === undefined);
  const first = isCompared ? (levels[0] ?? "No problems") : "No problems, but not compared";
  const title = [first, ...(found.length > 0 ? [plural(found.length, "warning")] : [])].join("; ");
  return { conclusion: isCompared ? "success" : "neutral", title, summary: lines.join("\n"), problems, problemCount, ...warnings };
}
