import { readdirSync } from "node:fs";
import { join } from "node:path";

/** A place where an error is caught, and what the code says about it. */
export interface CatchClause {
  /** `lib/x.ts:12` */
  place: string;
  /** Its comments and conditions; empty if it does not say what it expects. */
  expects: string;
}

/** The files of folders that are written by people. */
export const sourceFiles = (root: string, ...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? sourceFiles(root, path) : /(?<!\.generated)\.(ts|tsx|js)$/.test(entry.name) ? [path] : [];
    }),
  );

/** The text from an opening bracket to its closing one. */
function bracketed(text: string, start: number): string {
  const pairs: Record<string, string> = { "{": "}", "(": ")" };
  const [open, close] = [text[start] ?? "", pairs[text[start] ?? ""] ?? ""];
  let depth = 0;
  for (let i = start; i < text.length; i += 1) {
    if (text[i] === open) depth += 1;
    if (text[i] === close) depth -= 1;
    if (depth === 0) return text.slice(start, i + 1);
  }
  return text.slice(start);
}

function expectation(body: string, before: string): string {
  const comments = [...body.matchAll(/\/\/ (.*)/g)].map(([, words = ""]) => words);
  const above = /\/\/ (.*)\n[^\n]*$/.exec(before)?.[1];
  const conditions = /\bthrow\b|Promise\.reject/.test(body)
    ? [...body.matchAll(/(?:if \(|return )(.*(?:instanceof|[cC]ode|statusOf|absent).*)/g)].map(([, words = ""]) => words.trim())
    : [];
  const always = conditions.length === 0 && /\bthrow\b/.test(body) ? ["any error, thrown on"] : [];
  const named = /^\((\w+)\)$/.exec(body)?.[1];
  return [
    ...comments,
    ...(comments.length === 0 && above ? [above] : []),
    ...conditions,
    ...always,
    ...(named ? [`handled by ${named}`] : []),
  ].join("; ");
}

/** The second argument of a call if it is a function without a parameter, in brackets. */
function ignoringFunction(call: string): string | undefined {
  let depth = 0;
  let second: number | undefined;
  for (let i = 1; i < call.length - 1; i += 1) {
    if ("([{".includes(call[i] ?? "")) depth += 1;
    if (")]}".includes(call[i] ?? "")) depth -= 1;
    if (call[i] === "," && depth === 0) second ??= i + 1;
  }
  const text = second === undefined ? "" : call.slice(second, -1).trim().replace(/,$/, "");
  return /^(async )?\(\) =>/.test(text) ? `(${text})` : undefined;
}

/**
 * Every place of a source text where an error is caught: `catch`, `.catch(`, and, if it has no parameter for the error, the second
 * function of `.then(` or a listener of "error".
 */
export function catchClauses(path: string, text: string): CatchClause[] {
  return [...text.matchAll(/\bcatch( \([^)]*\))? \{|\.(catch|then)\(|\.on(ce)?\((?="error", \(\))/g)].flatMap((found) => {
    const bracket = bracketed(text, found.index + found[0].length - 1);
    const body = found[0] === ".then(" ? ignoringFunction(bracket) : bracket;
    if (body === undefined) return [];
    const lineStart = text.lastIndexOf("\n", found.index) + 1;
    return {
      place: `${path}:${text.slice(0, found.index).split("\n").length}`,
      expects: expectation(body, found[0].startsWith(".") ? text.slice(0, lineStart + 1) : ""),
    };
  });
}
