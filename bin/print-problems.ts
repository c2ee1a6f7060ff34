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
  const printed = problems.slice(0, PRINTED);
  for (const problem of printed) out(`${problemText(shown, problem, colors)}\n`);
  const part = problemCount > printed.length ? `; the first ${printed.length} are shown` : "";
  out(colors.bold(`${plural(problemCount, "problem")} in ${shown}${part}`));
}
