import { codeAddress } from "../code-address.ts";
import type { ReadableTable } from "../format.ts";
import { quotedName } from "../quoted-name.ts";
import { codeList, GUARD } from "./code-list.ts";

const SQL_TYPES: Record<string, string> = { integer: "BIGINT", number: "DOUBLE", boolean: "BOOLEAN", date: "DATE" };

/** Reads a CSV with DuckDB, which distinguishes empty texts from missing values. Lists stay joined. */
export function duckdbCode(table: ReadableTable, url: string): string {
  const casts = table.columns.flatMap(({ header, type }) =>
    SQL_TYPES[type] === undefined ? [] : [`CAST(${quotedName(header)} AS ${SQL_TYPES[type]}) AS ${quotedName(header)}`],
  );
  const [pattern, kept] = table.layout === 1 ? ["^''", ""] : ["(^|;)''", "\\1"];
  return [
    casts.length > 0 ? codeList(casts, "SELECT * REPLACE (", ")") : "SELECT *",
    GUARD.replace("#", "--"),
    `FROM (SELECT regexp_replace(COLUMNS(*), '${pattern}', '${kept}', 'g')`,
    `  FROM read_csv('${codeAddress(url)}', header = true, all_varchar = true,`,
    `    allow_quoted_nulls = false, delim = ',', quote = '"', escape = '"'));`,
  ].join("\n");
}
