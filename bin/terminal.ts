import { isatty } from "node:tty";
import { palette, problemText } from "../lib/adapters/terminal/reporter-terminal.ts";
import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import type { Problem } from "../lib/diagnostics/problem.ts";
import type { DatasetFolder } from "./datasets.ts";

const isColored = isatty(1) && process.env["NO_COLOR"] === undefined;
export const colors = palette(isColored);
/** What the palette writes, and nothing else that a terminal obeys. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const PAINT = /(\u001b\[(?:[012]|31)m)/;

/** Whatever names and texts of strangers it holds, a line moves no cursor. */
export function out(line: string): void {
  const parts = isColored ? line.split(PAINT) : [line];
  process.stdout.write(`${parts.map((part, i) => (i % 2 === 1 ? part : escapeControlChars(part, "\n"))).join("")}\n`);
}

/** So many problems are printed; the rest is counted. */
const PRINTED = 100;

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** What only looks wrong, and fails nothing. */
export function printWarnings({ shown }: DatasetFolder, warnings: readonly Problem[]): void {
  for (const warning of warnings.slice(0, PRINTED)) out(`\n${problemText(shown, warning, { ...colors, red: colors.dim })}`);
  if (warnings.length > 0) out(`\n${plural(warnings.length, "warning")} in ${shown}`);
}

export function printProblems(
  { shown }: Pick<DatasetFolder, "shown">,
  { problems, problemCount }: { problems: readonly Problem[]; problemCount: number },
): void {
  for (const problem of problems.slice(0, PRINTED)) out(`${problemText(shown, problem, colors)}\n`);
  out(colors.bold(`${plural(problemCount, "problem")} in ${shown}${problemCount > PRINTED ? `; the first ${PRINTED} are shown` : ""}`));
}
