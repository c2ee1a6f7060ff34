import { maskedSql, sqlWithoutComments } from "./masked-sql.ts";

/** A term that is a column of the result: its name alone, whatever the direction. */
const COLUMN = /^\s*(?:"([^"]+)"|\[([^\]]+)\]|`([^`]+)`|([A-Za-z_]\w*))(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*$/i;

/** The terms of the ORDER BY of the outermost SELECT: the one that is in no brackets, comment or text. Undefined where there is none. */
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

/** The columns of the result by which the outermost SELECT of a statement orders its rows; undefined where it has no ORDER BY. */
export const orderedColumns = (sql: string): string[] | undefined =>
  orderTerms(sql)?.flatMap((term) => {
    const [, ...names] = COLUMN.exec(term) ?? [];
    return names.find((name) => name !== undefined) ?? [];
  });
