import type { Problem } from "../diagnostics/problem.ts";
import { type SqlError, SqlLimitError } from "../ports/sql-error.ts";

/** Turns an error of SQLite into a problem of the file. */
export function problemOfSql(error: SqlError, file: string): Problem {
  const { message, line, column, remedy } = error;
  const couldNotTell = error instanceof SqlLimitError ? { couldNotTell: true as const } : {};
  return { file, line, column, message, ...(remedy ? { remedy } : {}), ...couldNotTell };
}
