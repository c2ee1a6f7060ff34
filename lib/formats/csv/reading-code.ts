import { grouped } from "../../contract/grouped.ts";
import type { ReadableTable, ReadColumn } from "../format.ts";

const WIDTH = 88;

/** A list in code, wrapped where one line would be too long. */
function listed(items: readonly string[], before: string, after: string): string {
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
const quoted = (text: string): string => JSON.stringify(text);
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** In an URL there is nothing that any of the languages reads otherwise. */
const address = (url: string): string => url.replace(/["'\\\s]/g, encodeURIComponent);

const namesOf = ({ columns }: ReadableTable, wanted: (column: ReadColumn) => boolean): string[] =>
  columns.filter(wanted).map(({ name }) => name);
const ofType = (table: ReadableTable, type: string): string[] => namesOf(table, (column) => column.type === type);
const isRenamed = ({ columns }: ReadableTable): boolean => columns.some(({ header, name }) => header !== name);

const GUARD = "# Text that a spreadsheet could run as a formula has a ' before it: take it away.";
const undecided = (table: ReadableTable): string[] => {
  const names = namesOf(table, ({ emptyText }) => emptyText === "maybe");
  const shown = names.slice(0, 3).map(quoted).join(", ");
  const more = names.length > 3 ? ` and ${grouped(names.length - 3)} more` : "";
  return names.length > 0 ? [`# In ${shown}${more}, an empty text and no value are both missing here; the JSON tells them apart.`] : [];
};

/** A loop over some columns, where there are any. */
const pythonLoop = (names: readonly string[], body: string): string[] =>
  names.length > 0 ? [listed(names.map(quoted), "for name in [", "]:"), `    df[name] = ${body}`] : [];

const PYTHON_ITEMS = [
  "def items(text):",
  '    found = re.findall(r"((?:\\\\.|[^;\\\\])*);", text + ";", re.S)',
  '    plain = [None if item == r"\\-" else re.sub(r"(?s)\\\\(.)", r"\\1", item) for item in found]',
  '    return [] if text == "[]" else plain',
  "",
];

/** Reads a CSV with pandas: every column with its type, and text as it was before it was made safe for spreadsheets. */
export function pandasCode(table: ReadableTable, url: string): string {
  const lists = namesOf(table, ({ isList }) => isList);
  const dates = ofType(table, "date");
  const [pattern, kept] = table.layout === 1 ? ["^'", ""] : ["(^|;)'", "\\1"];
  return [
    ...(lists.length > 0 ? ["import re"] : []),
    ...(dates.length > 0 ? ["from datetime import date"] : []),
    "import pandas as pd",
    "",
    ...(lists.length > 0 ? PYTHON_ITEMS : []),
    `url = "${address(url)}"`,
    'df = pd.read_csv(url, dtype="string", keep_default_na=False, na_values=[""])',
    GUARD,
    `df = df.apply(lambda column: column.str.replace(r"${pattern}", r"${kept}", regex=True))`,
    ...(isRenamed(table) ? [`df.columns = df.columns.str.replace(r"${pattern}", r"${kept}", regex=True)`] : []),
    ...pythonLoop(ofType(table, "integer"), 'df[name].astype("Int64")'),
    ...pythonLoop(ofType(table, "number"), 'df[name].astype("Float64")'),
    ...pythonLoop(ofType(table, "boolean"), 'df[name].map({"true": True, "false": False}).astype("boolean")'),
    ...pythonLoop(dates, 'df[name].map(date.fromisoformat, na_action="ignore")'),
    ...pythonLoop(lists, 'df[name].map(items, na_action="ignore")'),
    ...pythonLoop(
      namesOf(table, ({ emptyText }) => emptyText === "always"),
      'df[name].fillna("")',
    ),
    ...undecided(table),
    "print(df.head())",
  ].join("\n");
}

const rLoop = (names: readonly string[], body: string): string[] =>
  names.length > 0 ? [`${listed(names.map(quoted), "for (name in c(", "))")} rows[[name]] <- ${body}`] : [];

const R_ITEMS = [
  "items <- function(text) {",
  "  if (is.na(text)) return(NULL)",
  '  if (text == "[]") return(character())',
  '  all <- paste0(text, ";")',
  '  found <- regmatches(all, gregexpr("(?s)(?:\\\\\\\\.|[^;\\\\\\\\])*;", all, perl = TRUE))[[1]]',
  "  found <- substr(found, 1, nchar(found) - 1)",
  '  ifelse(found == "\\\\-", NA, gsub("(?s)\\\\\\\\(.)", "\\\\1", found, perl = TRUE))',
  "}",
];

/** The same with R. */
export function rCode(table: ReadableTable, url: string): string {
  const lists = namesOf(table, ({ isList }) => isList);
  const [pattern, kept] = table.layout === 1 ? ["^'", ""] : ["(^|;)'", "\\\\1"];
  return [
    ...(lists.length > 0 ? R_ITEMS : []),
    `url <- "${address(url)}"`,
    'rows <- read.csv(url, colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8")',
    GUARD,
    `rows[] <- lapply(rows, function(column) gsub("${pattern}", "${kept}", column))`,
    ...(isRenamed(table) ? [`names(rows) <- gsub("${pattern}", "${kept}", names(rows))`] : []),
    ...rLoop([...ofType(table, "integer"), ...ofType(table, "number")], "as.numeric(rows[[name]])"),
    ...rLoop(ofType(table, "boolean"), 'rows[[name]] == "true"'),
    ...rLoop(ofType(table, "date"), "as.Date(rows[[name]])"),
    ...rLoop(lists, "lapply(rows[[name]], items)"),
    ...rLoop(
      namesOf(table, ({ emptyText }) => emptyText === "always"),
      'ifelse(is.na(rows[[name]]), "", rows[[name]])',
    ),
    ...undecided(table),
    "head(rows)",
  ].join("\n");
}

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
