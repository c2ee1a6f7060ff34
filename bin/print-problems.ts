import { problemText } from "../lib/adapters/terminal/problem-text.ts";
import { plural } from "../lib/contract/plural.ts";
import type { Problem } from "../lib/diagnostics/problem.ts";
import { colors } from "./colors.ts";
import type { DatasetFolder } from "./find-datasets.ts";
import { out } from "./out.ts";

/** Maximum problems printed; the rest are only counted. */
export const PRINTED = 100;

export function printProblems(
  { shown }: Pick<DatasetFolder, "shown">,
  { problems, problemCount }: { problems: readonly Problem[]; problemCount: number },
): void {
  for (const problem of problems.slice(0, PRINTED)) out(`${problemText(shown, problem, colors)}\n`);
  out(colors.bold(`${plural(problemCount, "problem")} in ${shown}${problemCount > PRINTED ? `; the first ${PRINTED} are shown` : ""}`));
}
