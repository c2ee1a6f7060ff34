import { maskedSql } from "./masked-sql.ts";
import { sqlWithoutComments } from "./sql-without-comments.ts";

/** A term that is only the name of a column, with an optional direction. */
const COLUMN = /^\s*(?:"([^"]+)"|\[([^\]]+)\]|`([^`]+)`|([A-Za-z_]\w*))(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*$/i;

/** The terms of the ORDER BY of the outermost SELECT; undefined if there is none. */
function orderTerms(sql: string): string[] | undefined {
  const text = sqlWithoutComments(sql);
  const terms: string[] = [];
  let depth = 0;
  let start: number | undefined;
  const end = (at: number): string[] => [...terms, text.slice(start, at)];
  for (const { 0: token, index } of maskedSql(sql).matchAll(/[(),;]|\border\s+by\b|\blimit\b/gi)) {
    if (token === "(") depth += 1;
    else if (token === ")") depth -= 1;
    else if (depth > 0) continue;
    else if (/^o/i.test(token)) start ??= index + token.length;
    else if (start === undefined) continue;
    else if (token !== ",") return end(index);
    else {
      terms.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return start === undefined ? undefined : end(text.length);
}

/** The columns by which the outermost SELECT orders its rows; undefined if it has no ORDER BY. */
export const orderedColumns = (sql: string): string[] | undefined =>
  orderTerms(sql)?.flatMap((term) => {
    const [, ...names] = COLUMN.exec(term) ?? [];
    return names.find((name) => name !== undefined) ?? [];
  });
