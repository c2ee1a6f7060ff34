import { problemText } from "../lib/adapters/terminal/problem-text.ts";
import { plural } from "../lib/contract/plural.ts";
import type { Problem } from "../lib/diagnostics/problem.ts";
import { colors } from "./colors.ts";
import type { DatasetFolder } from "./find-datasets.ts";
import { out } from "./out.ts";
import { PRINTED } from "./print-problems.ts";

export function printWarnings({ shown }: DatasetFolder, warnings: readonly Problem[]): void {
  for (const warning of warnings.slice(0, PRINTED)) out(`\n${problemText(shown, warning, { ...colors, red: colors.dim })}`);
  if (warnings.length > 0) out(`\n${plural(warnings.length, "warning")} in ${shown}`);
}
