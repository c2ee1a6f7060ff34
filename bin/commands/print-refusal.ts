import { problemText } from "../../lib/adapters/terminal/problem-text.ts";
import { plural } from "../../lib/contract/plural.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import { colors } from "../colors.ts";
import { out } from "../out.ts";

export function printRefusal(problems: readonly Problem[]): undefined {
  for (const problem of problems) out(`${problemText("", problem, colors)}\n`);
  out(colors.bold(`${plural(problems.length, "problem")}; nothing was written`));
}
