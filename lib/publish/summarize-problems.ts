import { plural } from "../contract/plural.ts";
import type { Problem } from "../diagnostics/problem.ts";

/** Summarizes problems on one line. */
export const summarizeProblems = (problems: readonly Problem[]): string =>
  `${plural(problems.length, "problem")}, the first in ${problems[0]?.file}${problems[0]?.line ? `:${problems[0].line}` : ""}: ${problems[0]?.message}`;
