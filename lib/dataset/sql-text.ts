/** What starts with one of these is skipped up to its end: a name in quotes of another kind, a text, a comment. */
const QUOTED = /"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/**
 * The same SQL with names in brackets (or backticks) for those in double quotes. SQLite takes "x" for the text x where there
 * is no column x, and a misspelt name would make a condition that never holds. Everything stays at its place.
 */
export const withoutQuotedText = (sql: string): string =>
  sql.replaceAll(QUOTED, (found) => {
    if (!found.startsWith('"')) return found;
    const name = found.slice(1, -1).replaceAll('""', '"');
    const other = name.includes("]") ? `\`${name.replaceAll("`", "``")}\`` : `[${name}]`;
    return other.padEnd(found.length);
  });
