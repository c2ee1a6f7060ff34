import { nearestName } from "../diagnostics/nearest-name.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import { CHECKS, isSqlCheckFile } from "./is-sql-check-file.ts";
import { readSelect } from "./read-select.ts";

/** An SQL check: one SELECT that returns the records with problems (docs/checks.md). */
export interface SqlCheck {
  file: string;
  /** The table whose records it checks. */
  table: string;
  sql: string;
}

const MAX_CHECKS = 100;
export const MAX_CHECK_BYTES = 64 * 1024;

function readCheck(file: string, bytes: Uint8Array, tables: readonly string[]): SqlCheck | Problem {
  const read = readSelect(file, bytes, "the records with problems");
  if ("message" in read) return read;
  const { sql, comments } = read;
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
export function readSqlChecks(
  paths: readonly string[],
  small: ReadonlyMap<string, Uint8Array>,
  tables: readonly string[],
): { checks: SqlCheck[]; problems: Problem[] } {
  const inside = paths.filter((path) => path.startsWith(CHECKS) && path !== `${CHECKS}README.md`).sort();
  const problems = inside
    .filter((path) => !isSqlCheckFile(path) && !path.split("/").some((part) => part.startsWith(".")))
    .map((path) => fileProblem(path, "Not an SQL check, so it would not be run", "Name checks checks/NAME.sql, and move other files out."));
  const files = inside.filter(isSqlCheckFile);
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
