import { isatty } from "node:tty";
import { palette, problemText } from "../lib/adapters/reporter-terminal.ts";
import type { Problem } from "../lib/dataset/problem.ts";
import type { DatasetFolder } from "./datasets.ts";

export const out = (line: string): void => void process.stdout.write(`${line}\n`);
export const colors = palette(isatty(1) && process.env["NO_COLOR"] === undefined);

/** So many problems are printed; the rest is counted. */
const PRINTED = 100;

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

export function printProblems(
  { shown }: DatasetFolder,
  { problems, problemCount }: { problems: readonly Problem[]; problemCount: number },
): void {
  for (const problem of problems.slice(0, PRINTED)) out(`${problemText(shown, problem, colors)}\n`);
  out(colors.bold(`${plural(problemCount, "problem")} in ${shown}${problemCount > PRINTED ? `; the first ${PRINTED} are shown` : ""}`));
}
