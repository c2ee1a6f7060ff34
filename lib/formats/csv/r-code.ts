import { codeAddress } from "../code-address.ts";
import type { ReadableTable } from "../format.ts";
import { areCodeColumnsRenamed, codeColumns, codeColumnsOfType, undecidedCodeColumns } from "./code-columns.ts";
import { codeList, GUARD } from "./code-list.ts";
import { codeString } from "./code-string.ts";

const rLoop = (names: readonly string[], body: string): string[] =>
  names.length > 0 ? [`${codeList(names.map(codeString), "for (name in c(", "))")} rows[[name]] <- ${body}`] : [];

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

/** Reads a CSV with R. */
export function rCode(table: ReadableTable, url: string): string {
  const lists = codeColumns(table, ({ isList }) => isList);
  const [pattern, kept] = table.layout === 1 ? ["^'", ""] : ["(^|;)'", "\\\\1"];
  return [
    ...(lists.length > 0 ? R_ITEMS : []),
    `url <- "${codeAddress(url)}"`,
    'rows <- read.csv(url, colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8")',
    GUARD,
    `rows[] <- lapply(rows, function(column) gsub("${pattern}", "${kept}", column))`,
    ...(areCodeColumnsRenamed(table) ? [`names(rows) <- gsub("${pattern}", "${kept}", names(rows))`] : []),
    ...rLoop([...codeColumnsOfType(table, "integer"), ...codeColumnsOfType(table, "number")], "as.numeric(rows[[name]])"),
    ...rLoop(codeColumnsOfType(table, "boolean"), 'rows[[name]] == "true"'),
    ...rLoop(codeColumnsOfType(table, "date"), "as.Date(rows[[name]])"),
    ...rLoop(lists, "lapply(rows[[name]], items)"),
    ...rLoop(
      codeColumns(table, ({ emptyText }) => emptyText === "always"),
      'ifelse(is.na(rows[[name]]), "", rows[[name]])',
    ),
    ...undecidedCodeColumns(table),
    "head(rows)",
  ].join("\n");
}
