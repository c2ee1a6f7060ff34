import { escapeControlChars } from "../../diagnostics/escape-control-chars.ts";
import type { Problem } from "../../diagnostics/problem.ts";
import type { Palette } from "./palette.ts";

/** `file:line:column`, as editors and terminals make it a link. */
const locationText = (folder: string, { file, line, column }: Problem): string =>
  `${folder === "" ? "" : `${folder}/`}${file}${line > 0 ? `:${line}:${column}` : ""}`;

/** Formats a problem for the terminal. */
export function problemText(folder: string, problem: Problem, { bold, red }: Palette): string {
  const head = `${bold(escapeControlChars(locationText(folder, problem)))}${problem.field ? `  ${escapeControlChars(problem.field)}` : ""}`;
  return [
    head,
    `  ${red(escapeControlChars(problem.message))}`,
    ...(problem.remedy ? [`  ${escapeControlChars(problem.remedy)}`] : []),
  ].join("\n");
}
