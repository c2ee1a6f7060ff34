import { type CheckedChange, checkChange } from "../../lib/build/check-change.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import type { Runtime } from "../../lib/ports/runtime.ts";
import type { DatasetInGit } from "../dataset-in-git.ts";
import { RUNTIME } from "../runtime.ts";
import type { Comparison } from "./comparison.ts";

/** Only pages show the counts of values. */
const WITHOUT_COUNTS: Runtime = { ...RUNTIME, countedTables: undefined };

/** The result for one dataset. */
export interface CheckResult {
  checked: CheckedChange;
  problems: Problem[];
  problemCount: number;
  warnings: Problem[];
  /** The level of the change. */
  summary?: string;
  /** Why nothing, or not everything, was compared. */
  notCompared?: string;
}

/** Checks a dataset of the working folder. */
export async function checkFolder(dataset: DatasetInGit, comparison: Comparison): Promise<CheckResult> {
  const { findBase } = comparison;
  const checked = comparison.withoutSelf(await checkChange(dataset.source(), WITHOUT_COUNTS, { folder: dataset.name, findBase }));
  const metadata = checked.dataset?.metadata;
  const controls = metadata && (await comparison.checkControls(metadata.release ?? {}));
  const pending = checked.problemCount > 0 ? undefined : await comparison.checkCommits();
  const problems = [
    ...checked.problems,
    ...(controls?.problems ?? []),
    ...withoutRepetition(checked.change?.problems ?? [], pending?.problems ?? []),
  ];
  const problemCount = checked.problemCount + problems.length - checked.problems.length;
  const summary = [comparison.levelLine(checked), pending?.summary].filter((line) => line !== undefined).join("; ");
  const notCompared = checked.notCompared ?? pending?.notCompared;
  return {
    checked,
    problems,
    problemCount,
    warnings: [...(checked.warnings ?? []), ...(controls?.warnings ?? []), ...(checked.change?.warnings ?? [])],
    ...(summary === "" ? {} : { summary: escapeControlChars(summary) }),
    ...(notCompared === undefined ? {} : { notCompared }),
  };
}

/** Problems of the working folder and, if it is the tip of the branch, of its commit, without duplicates. */
const withoutRepetition = (own: readonly Problem[], pending: readonly Problem[]): Problem[] => [
  ...own,
  ...pending.filter(({ message }) => !own.some((problem) => message.endsWith(problem.message))),
];
