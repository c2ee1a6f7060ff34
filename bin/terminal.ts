import { isatty } from "node:tty";
import { palette, problemText } from "../lib/adapters/terminal/problem-text.ts";
import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import type { Problem } from "../lib/diagnostics/problem.ts";
import type { DatasetFolder } from "./find-datasets.ts";

const isColored = isatty(1) && process.env["NO_COLOR"] === undefined;
export const colors = palette(isColored);
/** The escape sequences of the palette. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches escape sequences
const PAINT = /(\u001b\[(?:[012]|31)m)/;

/** Prints a line with control characters escaped: names and texts in it may come from anyone. */
export function out(line: string): void {
  const parts = isColored ? line.split(PAINT) : [line];
  process.stdout.write(`${parts.map((part, i) => (i % 2 === 1 ? part : escapeControlChars(part, "\n"))).join("")}\n`);
}

/** Maximum problems printed; the rest are only counted. */
const PRINTED = 100;

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

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
