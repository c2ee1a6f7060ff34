import type { Schema } from "../../schema/table-plan.ts";
import { characterName, findInvisible, findNonLatin } from "../characters.ts";
import { describePattern } from "../describe-pattern.ts";
import { nearMiss } from "../did-you-mean.ts";
import { rule } from "./rule.ts";
import { exampleOf, expectedValue, listValues, parenthesized, quote, summaryOf, truncate } from "./wording.ts";

/** ` (where "about" is "status")`: what a rule that does not always hold depends on. */
const where = (reason: string | undefined): string => parenthesized(reason && `where ${reason}`);
const NAME_ALONE = "what is not known is left out.";

/** A column and whether every record has it. */
export interface Column {
  name: string;
  required: boolean;
  schema: Schema | undefined;
}

const instead = ({ name, required, schema }: Column): string => {
  if (!required) return `Write a value, or remove "${name}": ${NAME_ALONE}`;
  return Array.isArray(schema?.enum) ? `Write one of: ${listValues(schema.enum)}.` : `Write a value: every record has a "${name}".`;
};

/** Mismatches of several records are told once. */
const inRecords = (records: number): string => (records === 1 ? "" : ` (in ${records} records)`);

/** A type of JSON Schema. */
export type JsonType = "array" | "boolean" | "integer" | "number" | "object" | "string";

/** Which columns a record has, and what stands in them. */
export const columnRules = {
  missing: rule(
    {
      title: "A column is missing",
      explanation: "Every record of a table has certain columns. Add the one that is named, in quotes, with a colon and its value.",
      examples: ["missing-source", "missing-rank", "missing-locator", "missing-id", "missing-medium", "dataset-without-a-licence"],
    },
    (name: string, column: Schema | undefined) => [`"${name}" is missing`, `Add "${name}"${expectedValue(column)}.`],
  ),
  missingSeveral: rule(
    {
      title: "Many columns are missing",
      explanation: "The record is empty, or only begun.",
      examples: ["empty-record"],
    },
    (names: readonly string[], records: number) => [
      `These are missing${inRecords(records)}: ${listValues(names)}`,
      records === 1 ? "Add them, or remove the record." : "Add them.",
    ],
  ),
  missingWhere: rule(
    {
      title: "A column is missing that another asks for",
      explanation: "Some columns are needed only where another one has a certain value.",
      examples: ["web-page-without-address", "status-without-code", "status-that-holds-nothing"],
    },
    (name: string, column: Schema | undefined, reason: string) => [
      `"${name}" is missing: it is asked for where ${reason}`,
      `Add "${name}"${expectedValue(column)}.`,
    ],
  ),
  missingBeside: rule(
    {
      title: "Two columns stand together",
      explanation: "One column means nothing without the other, such as a date without what it is the date of.",
      examples: ["date-without-its-kind"],
    },
    (name: string, column: Schema | undefined, beside: string) => [
      `"${name}" is missing: it belongs to "${beside}"`,
      `Add "${name}"${expectedValue(column)}; or remove "${beside}".`,
    ],
  ),
  oneOfThem: rule(
    {
      title: "One of several columns is missing",
      explanation: "At least one of the columns that are named is needed.",
      examples: ["neither-author-nor-publisher"],
    },
    (names: readonly string[]) => [`One of these is missing: ${names.join(", ")}`, "Add at least one of them."],
  ),
  unknown: rule(
    {
      title: "A column is not known",
      explanation:
        "A table has the columns that schema.json describes, and no others. Mostly the name is misspelt. What has no column goes into a note. A new column is described in schema.json first, beside the others of its table.",
      examples: [
        "misspelt-column",
        "misspelt-name-in-a-list",
        "unknown-column",
        "unknown-name-beside-a-value",
        "column-that-is-new-in-all-records",
      ],
    },
    (name: string, known: readonly string[], type: JsonType, records: number) => {
      const suggestion = nearMiss(name, known);
      const message = `${quote(name)} is not known here${known.length > 0 ? `; known are: ${listValues(known, suggestion !== undefined)}` : ""}`;
      if (suggestion) return [`${message}${inRecords(records)}`, `Did you mean "${suggestion}"?`];
      if (records === 1) return [message, "Correct the name, or move the value to a column that fits, such as a note."];
      return [
        `${records} records have ${quote(name)}, which is not known; known are: ${listValues(known)}`,
        `If it is a new column, describe it in schema.json beside the others: ${quote(name)}: { "type": "${type}" }. If it is another name for one of them, keep the old one.`,
      ];
    },
  ),
  renamed: rule(
    {
      title: "A column has another name",
      explanation:
        "All records have one name where schema.json describes another. Programs read columns by name, so the old name is the better one; a new name needs a new major version.",
      examples: ["column-renamed-in-all-records"],
    },
    (name: string, missing: string, records: number) => [
      `${records} records have ${quote(name)} where ${quote(missing)} belongs`,
      `Write ${quote(missing)}. To rename the column for all readers, rename it in schema.json and announce a new major version.`,
    ],
  ),
  wrapped: rule(
    {
      title: "A record inside a name",
      explanation: "A record holds its columns itself. The file already says which table it belongs to.",
      examples: ["record-inside-a-name"],
    },
    (name: string, records: number) => [
      `The columns of this record stand inside ${quote(name)}${inRecords(records)}`,
      `Remove ${quote(name)}: { and the } that closes it.`,
    ],
  ),
  otherTable: rule(
    {
      title: "A record of another table",
      explanation: "The file in which a record stands, or the folder of that file, says which table it belongs to.",
      examples: ["record-of-another-table"],
    },
    (missing: readonly string[], unknown: readonly string[], records: number) => [
      `This does not look like a record of this table: it has no ${listValues(missing)}, but ${listValues(unknown)}${records > 1 ? `; nor do ${records - 1} more` : ""}`,
      `Move ${records > 1 ? "them" : "it"} to the file of ${records > 1 ? "their" : "its"} table, or use the columns of this one.`,
    ],
  ),
  empty: rule(
    {
      title: "Empty quotes",
      explanation: "Nothing is written down as nothing: a column whose value is not known is left out.",
      examples: ["empty-note", "empty-certainty", "empty-locator"],
    },
    (column: Column) => ["There is nothing between the quotes", instead(column)],
  ),
  nothing: rule(
    {
      title: "null",
      explanation: "A column whose value is not known is left out, with its name.",
      examples: ["null-for-not-known", "null-where-a-value-is-needed"],
    },
    (column: Column) => ["null stands here in place of a value", instead(column)],
  ),
  emptyList: rule(
    {
      title: "Too little in a list",
      explanation: "Some lists need an entry or more.",
      examples: ["list-of-no-sources"],
    },
    (length: number, least: number, column: Schema | undefined) => [
      length === 0
        ? `There is nothing in the list: at least ${least} is asked for`
        : `The list has ${length} entries, and at least ${least} are asked for`,
      `Add what is missing${parenthesized(summaryOf(column))}.`,
    ],
  ),
  emptyObject: rule(
    {
      title: "Too little in braces",
      explanation: "Braces hold names with values. Where there is none to write, leave out the whole.",
      examples: ["value-that-holds-nothing"],
    },
    (length: number, least: number, known: readonly string[]) => [
      length === 0
        ? `There is nothing in the { }: at least ${least} is asked for`
        : `There are ${length} names in the { }, and at least ${least} are asked for`,
      known.length > 0 ? `Add one of: ${listValues(known)}.` : "Add what is missing.",
    ],
  ),
  tooMany: rule(
    {
      title: "Too much in a list",
      explanation: "Some lists end somewhere, such as the two countries of a treaty.",
      examples: ["list-that-is-too-long"],
    },
    (length: number, most: number) => [`The list has ${length} entries, and at most ${most} are taken`, `Remove ${length - most} of them.`],
  ),
  twice: rule(
    {
      title: "The same twice in a list",
      explanation: "Two entries of the list are the same in everything.",
      examples: ["same-source-twice"],
    },
    (first: number, second: number) => [`Entries ${first} and ${second} of the list are the same`, "Remove one of them."],
  ),
};

/** What a value may be. */
export const valueRules = {
  notListed: rule(
    {
      title: "A word that is not in the list",
      explanation: "Some columns take one of a few words, spelt exactly so.",
      examples: ["misspelt-certainty", "unknown-certainty", "misspelt-medium", "misspelt-word-of-a-long-list", "code-of-another-kind"],
    },
    (found: unknown, allowed: readonly unknown[], reason?: string) => {
      const texts = allowed.filter((value) => typeof value === "string");
      const same = allowed.find((value) => String(value) === String(found).trim() && (value === null || typeof value !== "object"));
      const suggestion = same ?? (typeof found === "string" ? nearMiss(found, texts) : undefined);
      return [
        `${quote(found)} is not one of: ${listValues(allowed, suggestion !== undefined)}${where(reason)}`,
        suggestion === undefined
          ? "Write one of them."
          : `Did you mean ${quote(suggestion)}${typeof suggestion === "string" ? "" : ", without quotes"}?`,
      ];
    },
  ),
  letterCase: rule(
    {
      title: "Capital letters",
      explanation: "Capital and small letters are told apart, so that a reader of the data finds every record.",
      examples: ["certainty-in-capitals"],
    },
    (found: string, suggestion: string) => [
      `Capital and small letters are told apart: ${quote(found)} is not "${suggestion}"`,
      `Write "${suggestion}".`,
    ],
  ),
  edgeSpace: rule(
    {
      title: "A space at the end",
      explanation: "A space before or after a word makes another word of it.",
      examples: ["space-at-the-end", "space-at-the-end-of-an-id"],
    },
    (found: string) => [`${quote(found)} has a space at its ${/^\s/.test(found) ? "start" : "end"}`, `Write ${quote(found.trim())}.`],
  ),
  only: rule(
    {
      title: "Only one value can stand here",
      explanation: "Some columns say one thing or are left out.",
      examples: ["false-where-only-true-is-said"],
    },
    (found: unknown, wanted: unknown, name: string) => [
      `${quote(found)} cannot stand here: only ${quote(wanted)} can`,
      `Write ${quote(wanted)}, or remove "${name}".`,
    ],
  ),
  spelling: rule(
    {
      title: "A text in another form",
      explanation: "Ids and codes are written in one form, such as small letters with hyphens, because addresses are made of them.",
      examples: [
        "id-in-capitals",
        "id-with-spaces",
        "id-of-an-entity-without-its-kind",
        "country-name-for-its-code",
        "id-with-a-foreign-letter",
      ],
    },
    (found: string, suggestion: string | undefined, column: Schema | undefined, pattern: string) => {
      const example = exampleOf(column);
      const description = summaryOf(column);
      const words = describePattern(pattern);
      const form =
        example !== undefined
          ? `Write it like ${quote(example)}.`
          : words
            ? `Write ${words}${parenthesized(description)}.`
            : `${description ? `${description}. ` : ""}What can stand here is written as ${truncate(pattern)}.`;
      const odd = findInvisible(found) ?? findNonLatin(found);
      return [
        `${quote(found)} is not written as it should be here${odd ? `: it holds ${characterName(odd)}` : ""}`,
        suggestion === undefined ? form : `Write ${quote(suggestion)}.`,
      ];
    },
  ),
  tooLong: rule(
    { title: "A text that is too long", explanation: "Some columns hold short texts only.", examples: ["note-that-is-too-long"] },
    (length: number, most: number) => [
      `has ${length} characters, and at most ${most} are taken`,
      `Shorten it by ${length - most} character${length - most === 1 ? "" : "s"}.`,
    ],
  ),
  tooShort: rule(
    { title: "A text that is too short", explanation: "Something was left out of it.", examples: ["isbn-that-is-too-short"] },
    (found: string, least: number) => [
      `${quote(found)} has ${found.length} characters, and at least ${least} are asked for`,
      "Write the whole.",
    ],
  ),
  size: rule(
    {
      title: "A number out of bounds",
      explanation: "A number is smaller or larger than it can be, or falls between the steps.",
      examples: ["negative-sentence"],
    },
    (found: unknown, bound: "least" | "most" | "above" | "below" | "step", limit: number) => {
      const [what, must] = {
        least: ["too small", "at least"],
        above: ["too small", "more than"],
        most: ["too large", "at most"],
        below: ["too large", "less than"],
        step: ["between two steps", "a multiple of"],
      }[bound] as [string, string];
      return [`${quote(found)} is ${what}: it must be ${must} ${limit}`, "Correct the number."];
    },
  ),
  said: rule(
    {
      title: "What the dataset itself says",
      explanation: "A dataset can have rules of its own, with their own words. Two kinds of value in one are the most common.",
      examples: ["two-kinds-of-value"],
    },
    (words: string) => [words],
  ),
  ruledOut: rule(
    {
      title: "A value that is ruled out",
      explanation: "The dataset rules this value out at this place.",
      examples: ["value-that-is-ruled-out"],
    },
    (found: unknown, column: Schema | undefined, reason?: string) => [
      `${quote(found)} cannot stand here${where(reason)}`,
      `Write another value${parenthesized(summaryOf(column))}.`,
    ],
  ),
};
