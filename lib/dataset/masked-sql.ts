/** Quoted names, texts and comments, which are skipped. */
export const QUOTED = /"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

const spaces = (text: string): string => " ".repeat(text.length);

/** The same SQL with spaces for quoted names, texts and comments. Offsets stay the same. */
export const maskedSql = (sql: string): string => sql.replaceAll(QUOTED, spaces);
