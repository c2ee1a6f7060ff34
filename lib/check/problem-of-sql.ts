import type { Problem } from "../diagnostics/problem.ts";
import type { SqlError } from "../ports/ports.ts";

/** What SQLite says of a file, as a problem of that file. */
export const problemOfSql = ({ message, line, column, remedy }: SqlError, file: string): Problem => ({
  file,
  line,
  column,
  message,
  ...(remedy ? { remedy } : {}),
});
