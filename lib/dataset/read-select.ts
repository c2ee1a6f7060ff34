import { isUtf8 } from "node:buffer";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import { textPositions } from "../json/text-positions.ts";

/** A file with one SELECT: its text, and the comments before the statement. */
interface SelectFile {
  sql: string;
  comments: string;
}

const COMMENTS = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;

/** Reads a file that must contain one SELECT. `returns`: the rows that it must return, for the remedy. */
export function readSelect(file: string, bytes: Uint8Array, returns: string): SelectFile | Problem {
  if (!isUtf8(bytes)) return fileProblem(file, "The file is not UTF-8", "Save it as UTF-8.");
  const sql = Buffer.from(bytes)
    .toString("utf8")
    .replace(/^\ufeff/, "");
  const end = sql.indexOf("\0");
  if (end >= 0)
    return {
      file,
      ...textPositions(sql)(end),
      message: "Null character (U+0000), which ends the statement",
      remedy: "Delete it, and review the text after it: it would not run.",
    };
  const comments = COMMENTS.exec(sql)?.[0] ?? "";
  if (/^(?:select|with)\b/i.test(sql.slice(comments.length))) return { sql, comments };
  return {
    file,
    line: comments.split("\n").length,
    column: 1,
    message: "Not a SELECT",
    remedy: `Write one SELECT that returns ${returns}; it may start with WITH.`,
  };
}
