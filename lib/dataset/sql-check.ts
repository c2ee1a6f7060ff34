import { isUtf8 } from "node:buffer";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import { textPositions } from "../json/text-positions.ts";

/** An SQL check: one SELECT that returns the records with problems (docs/checks.md). */
export interface SqlCheck {
  file: string;
  /** The table whose records it checks. */
  table: string;
  sql: string;
}

const MAX_CHECKS = 100;
export const MAX_CHECK_BYTES = 64 * 1024;
/** Folder of the SQL checks in a dataset. */
export const CHECKS = "checks/";
export const isCheck = (path: string): boolean => /^checks\/[^/]+\.sql$/.test(path);

const COMMENT = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;

function readCheck(file: string, bytes: Uint8Array, tables: readonly string[]): SqlCheck | Problem {
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
      remedy: "Delete it, and review what follows: it would not be run.",
    };
  const comments = COMMENT.exec(sql)?.[0] ?? "";
  const line = comments.split("\n").length;
  if (!/^(?:select|with)\b/i.test(sql.slice(comments.length)))
    return {
      file,
      line,
      column: 1,
      message: "Not a SELECT",
      remedy: "Write one SELECT that returns the records with problems; it may start with WITH.",
    };
  const table = /^--[ \t]*table:[ \t]*(\S+)[ \t\r]*$/m.exec(comments)?.[1];
  if (table === undefined)
    return {
      file,
      line: 1,
      column: 1,
      message: "Missing table: whose records does this check?",
      remedy: `Add a line "-- table: ${tables[0] ?? "NAME"}" before the SELECT.`,
    };
  if (tables.includes(table)) return { file, table, sql };
  const suggestion = nearestName(table, tables);
  return {
    file,
    line: comments.slice(0, comments.indexOf(table)).split("\n").length,
    column: 1,
    message: `Unknown table "${table}"; the tables are: ${tables.join(", ")}`,
    ...(suggestion ? { remedy: `Did you mean "${suggestion}"?` } : {}),
  };
}

/** Reads the SQL checks of a dataset. A file that would not be run is a problem. */
export function readChecks(
  paths: readonly string[],
  small: ReadonlyMap<string, Uint8Array>,
  tables: readonly string[],
): { checks: SqlCheck[]; problems: Problem[] } {
  const inside = paths.filter((path) => path.startsWith(CHECKS) && path !== `${CHECKS}README.md`).sort();
  const problems = inside
    .filter((path) => !isCheck(path) && !path.split("/").some((part) => part.startsWith(".")))
    .map((path) => fileProblem(path, "Not an SQL check, so it would not be run", "Name checks checks/NAME.sql, and move other files out."));
  const files = inside.filter(isCheck);
  if (files.length > MAX_CHECKS)
    problems.push(fileProblem(files[MAX_CHECKS] as string, `Too many checks: ${files.length} (maximum ${MAX_CHECKS})`));
  const checks: SqlCheck[] = [];
  for (const file of files.slice(0, MAX_CHECKS)) {
    const read = readCheck(file, small.get(file) ?? new Uint8Array(), tables);
    if ("sql" in read) checks.push(read);
    else problems.push(read);
  }
  return { checks, problems };
}
