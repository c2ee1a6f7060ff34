/** Quoted names, texts and comments, which are skipped. */
const QUOTED = /"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

const spaces = (text: string): string => " ".repeat(text.length);

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

/** The same SQL with spaces for quoted names, texts and comments. Offsets stay the same. */
export const maskedSql = (sql: string): string => sql.replaceAll(QUOTED, spaces);

/** The same SQL with spaces for comments. Offsets stay the same. */
export const sqlWithoutComments = (sql: string): string =>
  sql.replaceAll(QUOTED, (found) => (/^(?:--|\/\*)/.test(found) ? spaces(found) : found));
