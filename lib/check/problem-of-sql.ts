import type { Problem } from "../diagnostics/problem.ts";
import type { SqlError } from "../ports/sql-error.ts";

/** Turns an error of SQLite into a problem of the file. */
export const problemOfSql = ({ message, line, column, remedy }: SqlError, file: string): Problem => ({
  file,
  line,
  column,
  message,
  ...(remedy ? { remedy } : {}),
});
