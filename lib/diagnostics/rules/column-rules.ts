import type { Schema } from "../../schema/schema.ts";
import { nearestName } from "../nearest-name.ts";
import { columnSummary } from "./column-summary.ts";
import { expectedValue } from "./expected-value.ts";
import { listValues } from "./list-values.ts";
import { parenthesized } from "./parenthesized.ts";
import { quote } from "./quote.ts";
import { rule } from "./rule.ts";
import type { DescribedColumn, JsonType } from "./value-rules.ts";

const LEAVE_OUT = "leave out what is not known.";

const instead = ({ name, required, schema, isEntry }: DescribedColumn): string => {
  if (isEntry) return "Write a value, or remove this entry of the list.";
  if (!required) return `Write a value, or remove "${name}": ${LEAVE_OUT}`;
  return Array.isArray(schema?.enum) ? `Write one of: ${listValues(schema.enum)}.` : `Write a value: every record needs "${name}".`;
};

/** Mismatches of several records are reported once. */
const inRecords = (records: number): string => (records === 1 ? "" : ` (in ${records} records)`);

/** Rules about the columns of a record. */
export const columnRules = {
  missing: rule(
    {
      title: "A column is missing",
      explanation: "Every record of the table needs this column. Add its name in quotes, a colon and its value.",
      examples: ["missing-source", "missing-rank", "missing-locator", "missing-id", "missing-medium", "dataset-without-a-licence"],
    },
    (name: string, column: Schema | undefined) => [`Missing column "${name}"`, `Add "${name}"${expectedValue(column)}.`],
  ),
  missingSeveral: rule(
    {
      title: "Many columns are missing",
      explanation: "The record is empty or incomplete.",
      examples: ["empty-record"],
    },
    (names: readonly string[], records: number) => [
      `Missing columns${inRecords(records)}: ${listValues(names)}`,
      records === 1 ? "Add them, or remove the record." : "Add them.",
    ],
  ),
  missingWhere: rule(
    {
      title: "A column is missing that another requires",
      explanation: "Some columns are required only if another column has a certain value.",
      examples: ["web-page-without-address", "status-without-code", "status-that-holds-nothing"],
    },
    (name: string, column: Schema | undefined, reason: string) => [
      `Missing column "${name}", which is required if ${reason}`,
      `Add "${name}"${expectedValue(column)}.`,
    ],
  ),
  missingBeside: rule(
    {
      title: "Two columns belong together",
      explanation: "One column means nothing without the other, such as the kind of a date without the date.",
      examples: ["date-without-its-kind"],
    },
    (name: string, column: Schema | undefined, beside: string) => [
      `Missing column "${name}", which is required with "${beside}"`,
      `Add "${name}"${expectedValue(column)}; or remove "${beside}".`,
    ],
  ),
  oneOfThem: rule(
    {
      title: "One of several columns is missing",
      explanation: "At least one of the named columns is required.",
      examples: ["neither-author-nor-publisher"],
    },
    (names: readonly string[]) => [`Missing at least one of: ${names.join(", ")}`, "Add at least one of them."],
  ),
  unknown: rule(
    {
      title: "An unknown column",
      explanation:
        "A table has only the columns that schema.json describes. Usually the name is misspelt. Write what has no column in a note. Describe a new column in schema.json first.",
      examples: [
        "misspelt-column",
        "misspelt-name-in-a-list",
        "unknown-column",
        "unknown-name-beside-a-value",
        "column-that-is-new-in-all-records",
      ],
    },
    (name: string, known: readonly string[], type: JsonType, records: number) => {
      const suggestion = nearestName(name, known);
      const message = `Unknown column ${quote(name)}${known.length > 0 ? `; the columns are: ${listValues(known, suggestion !== undefined)}` : ""}`;
      if (suggestion) return [`${message}${inRecords(records)}`, `Did you mean "${suggestion}"?`];
      if (records === 1) return [message, "Correct the name, or move the value to another column, such as a note."];
      return [
        `Unknown column ${quote(name)} in ${records} records; the columns are: ${listValues(known)}`,
        `If it is a new column, describe it in schema.json: ${quote(name)}: { "type": "${type}" }. If it is another name for one of them, keep the old name.`,
      ];
    },
  ),
  renamed: rule(
    {
      title: "A renamed column",
      explanation:
        "All records use one name where schema.json describes another. Programs read columns by name, so keep the old name; a new name needs a new major version.",
      examples: ["column-renamed-in-all-records"],
    },
    (name: string, missing: string, records: number) => [
      `${records} records have ${quote(name)} instead of ${quote(missing)}`,
      `Write ${quote(missing)}. To rename the column for all readers, rename it in schema.json and announce a new major version.`,
    ],
  ),
  wrapped: rule(
    {
      title: "A record inside a column",
      explanation: "A record contains its columns directly. The file already says which table it belongs to.",
      examples: ["record-inside-a-name"],
    },
    (name: string, records: number) => [
      `The columns of this record are inside ${quote(name)}${inRecords(records)}`,
      `Remove ${quote(name)}: { and the } that closes it.`,
    ],
  ),
  otherTable: rule(
    {
      title: "A record of another table",
      explanation: "The name of a file, or of its folder, says which table its records belong to.",
      examples: ["record-of-another-table"],
    },
    (missing: readonly string[], unknown: readonly string[], records: number) => [
      `Record of another table: without ${listValues(missing)}, but with ${listValues(unknown)}${records > 1 ? ` (and ${records - 1} more)` : ""}`,
      `Move ${records > 1 ? "them" : "it"} to the file of ${records > 1 ? "their" : "its"} table, or use the columns of this table.`,
    ],
  ),
  empty: rule(
    {
      title: "An empty text",
      explanation: "A column whose value is not known is left out, with its name.",
      examples: ["empty-note", "empty-certainty", "empty-locator"],
    },
    (column: DescribedColumn) => ["The text is empty", instead(column)],
  ),
  nothing: rule(
    {
      title: "null",
      explanation: "A column whose value is not known is left out, with its name.",
      examples: ["null-for-not-known", "null-where-a-value-is-needed"],
    },
    (column: DescribedColumn) => ["null is not a value", instead(column)],
  ),
  emptyList: rule(
    {
      title: "Too few entries in a list",
      explanation: "Some lists need a minimum number of entries.",
      examples: ["list-of-no-sources"],
    },
    (length: number, least: number, column: Schema | undefined) => [
      length === 0 ? `The list is empty (minimum ${least})` : `Too few entries: ${length} (minimum ${least})`,
      `Add ${least - length} more${parenthesized(columnSummary(column))}.`,
    ],
  ),
  emptyObject: rule(
    {
      title: "Too few names in an object",
      explanation: "An object contains names with values. If there is none to write, leave out the column.",
      examples: ["value-that-holds-nothing"],
    },
    (length: number, least: number, known: readonly string[]) => [
      length === 0
        ? `The { } is empty (minimum ${least} ${least === 1 ? "name" : "names"})`
        : `Too few names in { }: ${length} (minimum ${least})`,
      known.length > 0 ? `Add one of: ${listValues(known)}.` : "Add more.",
    ],
  ),
  tooMany: rule(
    {
      title: "Too many entries in a list",
      explanation: "Some lists have a maximum number of entries, such as the two parties of a treaty.",
      examples: ["list-that-is-too-long"],
    },
    (length: number, most: number) => [`Too many entries: ${length} (maximum ${most})`, `Remove ${length - most} of them.`],
  ),
  twice: rule(
    {
      title: "A duplicate in a list",
      explanation: "Two entries of the list are equal.",
      examples: ["same-source-twice"],
    },
    (first: number, second: number) => [`Entries ${first} and ${second} of the list are equal`, "Remove one of them."],
  ),
};
