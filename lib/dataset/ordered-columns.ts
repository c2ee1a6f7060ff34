import { withoutTexts } from "./without-quoted-text.ts";

/** A term that is a column of the result: its name alone, whatever the direction. */
const COLUMN = /^\s*(?:"([^"]+)"|\[([^\]]+)\]|`([^`]+)`|([A-Za-z_]\w*))(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*$/i;
const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;

/** Where the ORDER BY of the outermost SELECT ends: the one that is in no brackets, comment or text. */
function orderByEnd(sql: string): number | undefined {
  let depth = 0;
  for (const { 0: token, index } of withoutTexts(sql).matchAll(/[()]|\border\s+by\b/gi)) {
    if (token === "(") depth += 1;
    else if (token === ")") depth -= 1;
    else if (depth === 0) return index + token.length;
  }
  return undefined;
}

/** The columns of the result by which the outermost SELECT of a statement orders its rows; undefined where it has no ORDER BY. */
export function orderedColumns(sql: string): string[] | undefined {
  const end = orderByEnd(sql);
  if (end === undefined) return undefined;
  const terms = sql
    .slice(end)
    .replaceAll(COMMENTS, " ")
    .replace(/\blimit\b[\s\S]*$|;[\s\S]*$/i, "")
    .split(",");
  return terms.flatMap((term) => {
    const [, ...names] = COLUMN.exec(term) ?? [];
    return names.find((name) => name !== undefined) ?? [];
  });
}
