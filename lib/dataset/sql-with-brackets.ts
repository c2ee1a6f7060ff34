import { QUOTED } from "./masked-sql.ts";

/**
 * The same SQL with names in brackets (or backticks) instead of double quotes. SQLite reads "x" as the text x if there is no
 * column x, so a misspelt name would never match. Offsets stay the same.
 */
export const sqlWithBrackets = (sql: string): string =>
  sql.replaceAll(QUOTED, (found) => {
    if (!found.startsWith('"')) return found;
    const name = found.slice(1, -1).replaceAll('""', '"');
    const other = name.includes("]") ? `\`${name.replaceAll("`", "``")}\`` : `[${name}]`;
    return other.padEnd(found.length);
  });
