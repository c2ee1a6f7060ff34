import { QUOTED } from "./masked-sql.ts";

/** The same SQL with spaces for comments. Offsets stay the same. */
export const sqlWithoutComments = (sql: string): string =>
  sql.replaceAll(QUOTED, (found) => (/^(?:--|\/\*)/.test(found) ? " ".repeat(found.length) : found));
