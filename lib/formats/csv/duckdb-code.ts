import { grouped } from "../../contract/grouped.ts";
import type { ReadableTable, ReadColumn } from "../format.ts";

const WIDTH = 88;

/** A list in code, wrapped where one line would be too long. */
export function listed(items: readonly string[], before: string, after: string): string {
  const line = `${before}${items.join(", ")}${after}`;
  if (line.length <= WIDTH) return line;
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= WIDTH) lines[lines.length - 1] = `${last} ${item},`;
    else lines.push(`    ${item},`);
  }
  // R takes no comma after the last item.
  return `${before}\n${lines.join("\n").slice(0, -1)}\n${after}`;
}

/** A text as Python and R write it. */
export const quoted = (text: string): string => JSON.stringify(text);
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** In an URL there is nothing that any of the languages reads otherwise. */
export const address = (url: string): string => url.replace(/["'\\\s]/g, encodeURIComponent);

export const namesOf = ({ columns }: ReadableTable, wanted: (column: ReadColumn) => boolean): string[] =>
  columns.filter(wanted).map(({ name }) => name);
export const ofType = (table: ReadableTable, type: string): string[] => namesOf(table, (column) => column.type === type);
export const isRenamed = ({ columns }: ReadableTable): boolean => columns.some(({ header, name }) => header !== name);

export const GUARD = "# Text that a spreadsheet could run as a formula has a ' before it: take it away.";
export const undecided = (table: ReadableTable): string[] => {
  const names = namesOf(table, ({ emptyText }) => emptyText === "maybe");
  const shown = names.slice(0, 3).map(quoted).join(", ");
  const more = names.length > 3 ? ` and ${grouped(names.length - 3)} more` : "";
  return names.length > 0 ? [`# In ${shown}${more}, an empty text and no value are both missing here; the JSON tells them apart.`] : [];
};

const SQL_TYPES: Record<string, string> = { integer: "BIGINT", number: "DOUBLE", boolean: "BOOLEAN", date: "DATE" };

/** The same with DuckDB, which tells an empty text from no value by itself. Lists stay joined. */
export function duckdbCode(table: ReadableTable, url: string): string {
  const casts = table.columns.flatMap(({ header, type }) =>
    SQL_TYPES[type] === undefined ? [] : [`CAST(${identifier(header)} AS ${SQL_TYPES[type]}) AS ${identifier(header)}`],
  );
  const [pattern, kept] = table.layout === 1 ? ["^''", ""] : ["(^|;)''", "\\1"];
  return [
    casts.length > 0 ? listed(casts, "SELECT * REPLACE (", ")") : "SELECT *",
    GUARD.replace("#", "--"),
    `FROM (SELECT regexp_replace(COLUMNS(*), '${pattern}', '${kept}', 'g')`,
    `  FROM read_csv('${address(url)}', header = true, all_varchar = true,`,
    `    allow_quoted_nulls = false, delim = ',', quote = '"', escape = '"'));`,
  ].join("\n");
}
