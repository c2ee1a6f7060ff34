import { codeAddress } from "../code-address.ts";
import type { ReadableTable } from "../format.ts";
import { areCodeColumnsRenamed, codeColumns, codeColumnsOfType, undecidedCodeColumns } from "./code-columns.ts";
import { codeList, GUARD } from "./code-list.ts";
import { codeString } from "./code-string.ts";

/** A loop over columns; empty if there are none. */
const pythonLoop = (names: readonly string[], body: string): string[] =>
  names.length > 0 ? [codeList(names.map(codeString), "for name in [", "]:"), `    df[name] = ${body}`] : [];

const PYTHON_ITEMS = [
  "def items(text):",
  '    found = re.findall(r"((?:\\\\.|[^;\\\\])*);", text + ";", re.S)',
  '    plain = [None if item == r"\\-" else re.sub(r"(?s)\\\\(.)", r"\\1", item) for item in found]',
  '    return [] if text == "[]" else plain',
  "",
];

/** Reads a CSV with pandas: typed columns, and text without formula guards. */
export function pandasCode(table: ReadableTable, url: string): string {
  const lists = codeColumns(table, ({ isList }) => isList);
  const dates = codeColumnsOfType(table, "date");
  const [pattern, kept] = table.layout === 1 ? ["^'", ""] : ["(^|;)'", "\\1"];
  return [
    ...(lists.length > 0 ? ["import re"] : []),
    ...(dates.length > 0 ? ["from datetime import date"] : []),
    "import pandas as pd",
    "",
    ...(lists.length > 0 ? PYTHON_ITEMS : []),
    `url = "${codeAddress(url)}"`,
    'df = pd.read_csv(url, dtype="string", keep_default_na=False, na_values=[""])',
    GUARD,
    `df = df.apply(lambda column: column.str.replace(r"${pattern}", r"${kept}", regex=True))`,
    ...(areCodeColumnsRenamed(table) ? [`df.columns = df.columns.str.replace(r"${pattern}", r"${kept}", regex=True)`] : []),
    ...pythonLoop(codeColumnsOfType(table, "integer"), 'df[name].astype("Int64")'),
    ...pythonLoop(codeColumnsOfType(table, "number"), 'df[name].astype("Float64")'),
    ...pythonLoop(codeColumnsOfType(table, "boolean"), 'df[name].map({"true": True, "false": False}).astype("boolean")'),
    ...pythonLoop(dates, 'df[name].map(date.fromisoformat, na_action="ignore")'),
    ...pythonLoop(lists, 'df[name].map(items, na_action="ignore")'),
    ...pythonLoop(
      codeColumns(table, ({ emptyText }) => emptyText === "always"),
      'df[name].fillna("")',
    ),
    ...undecidedCodeColumns(table),
    "print(df.head())",
  ].join("\n");
}
