import type { Schema } from "../../schema/schema.ts";
import { characterName } from "../character-name.ts";
import { describePattern } from "../describe-pattern.ts";
import { findInvisibleCharacter } from "../find-invisible-character.ts";
import { findNonLatinCharacter } from "../find-non-latin-character.ts";
import { nearestName } from "../nearest-name.ts";
import { columnExample } from "./column-example.ts";
import { columnSummary } from "./column-summary.ts";
import { listValues } from "./list-values.ts";
import { parenthesized } from "./parenthesized.ts";
import { quote } from "./quote.ts";
import { rule } from "./rule.ts";
import { truncate } from "./truncate.ts";

/** ` (where "about" is "status")`: the condition of a rule. */
const where = (reason: string | undefined): string => parenthesized(reason && `where ${reason}`);

/** A column, and whether it is required. */
export interface DescribedColumn {
  name: string;
  required: boolean;
  schema: Schema | undefined;
  /** An entry of a list. */
  isEntry?: boolean;
}

/** A type of JSON Schema. */
export type JsonType = "array" | "boolean" | "integer" | "number" | "object" | "string";

/** Rules about values. */
export const valueRules = {
  notListed: rule(
    {
      title: "A value that is not in the list",
      explanation: "Some columns take one of a few values, spelt exactly as listed.",
      examples: ["misspelt-certainty", "unknown-certainty", "misspelt-medium", "misspelt-word-of-a-long-list", "code-of-another-kind"],
    },
    (found: unknown, allowed: readonly unknown[], reason?: string) => {
      const texts = allowed.filter((value) => typeof value === "string");
      const same = allowed.find((value) => String(value) === String(found).trim() && (value === null || typeof value !== "object"));
      const suggestion = same ?? (typeof found === "string" ? nearestName(found, texts) : undefined);
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
      title: "Upper and lower case",
      explanation: "Upper and lower case are different, so that readers of the data find every record.",
      examples: ["certainty-in-capitals"],
    },
    (found: string, suggestion: string) => [
      `${quote(found)} is not "${suggestion}": upper and lower case differ`,
      `Write "${suggestion}".`,
    ],
  ),
  edgeSpace: rule(
    {
      title: "A space at the start or end",
      explanation: "A text with a space before or after it is another text.",
      examples: ["space-at-the-end", "space-at-the-end-of-an-id"],
    },
    (found: string) => [`${quote(found)} has a space at its ${/^\s/.test(found) ? "start" : "end"}`, `Write ${quote(found.trim())}.`],
  ),
  only: rule(
    {
      title: "Only one value is allowed",
      explanation: "Some columns have one possible value, or are left out.",
      examples: ["false-where-only-true-is-said"],
    },
    (found: unknown, wanted: unknown, name: string) => [
      `${quote(found)} is not allowed; the only value is ${quote(wanted)}`,
      `Write ${quote(wanted)}, or remove "${name}".`,
    ],
  ),
  spelling: rule(
    {
      title: "A text in another format",
      explanation: "Ids and codes have one format, such as lower case with hyphens, because they become part of addresses.",
      examples: [
        "id-in-capitals",
        "id-with-spaces",
        "id-of-an-entity-without-its-kind",
        "country-name-for-its-code",
        "id-with-a-foreign-letter",
      ],
    },
    (found: string, suggestion: string | undefined, column: Schema | undefined, pattern: string) => {
      const example = columnExample(column);
      const description = columnSummary(column);
      const words = describePattern(pattern);
      const form =
        example !== undefined
          ? `Write it like ${quote(example)}.`
          : words
            ? `Write ${words}${parenthesized(description)}.`
            : `${description ? `${description}. ` : ""}It must match ${truncate(pattern)}.`;
      const odd = findInvisibleCharacter(found) ?? findNonLatinCharacter(found);
      return [
        `${quote(found)} is not in the expected format${odd ? `: it contains ${characterName(odd)}` : ""}`,
        suggestion === undefined ? form : `Write ${quote(suggestion)}.`,
      ];
    },
  ),
  tooLong: rule(
    { title: "A text that is too long", explanation: "Some columns take short texts only.", examples: ["note-that-is-too-long"] },
    (length: number, most: number) => [
      `Too long: ${length} characters (maximum ${most})`,
      `Shorten it by ${length - most} character${length - most === 1 ? "" : "s"}.`,
    ],
  ),
  tooShort: rule(
    { title: "A text that is too short", explanation: "Part of the text is missing.", examples: ["isbn-that-is-too-short"] },
    (found: string, least: number) => [
      `${quote(found)} is too short: ${found.length} characters (minimum ${least})`,
      "Write the complete text.",
    ],
  ),
  size: rule(
    {
      title: "A number out of bounds",
      explanation: "The column has a smallest or largest number, or takes multiples of a number only.",
      examples: ["negative-sentence"],
    },
    (found: unknown, bound: "least" | "most" | "above" | "below" | "step", limit: number) => {
      if (bound === "step") return [`Not a multiple of ${limit}: ${quote(found)}`, "Correct the number."];
      const [what, must] = {
        least: ["small", "minimum"],
        above: ["small", "more than"],
        most: ["large", "maximum"],
        below: ["large", "less than"],
      }[bound] as [string, string];
      return [`Too ${what}: ${quote(found)} (${must} ${limit})`, "Correct the number."];
    },
  ),
  wholeNumber: rule(
    {
      title: "A whole number that is too large",
      explanation: "Some formats, such as Parquet, store whole numbers in 64 bits: from -9223372036854775808 to 9223372036854775807.",
      examples: ["whole-number-that-is-too-large"],
    },
    (found: number, format: string) => [
      `${truncate(BigInt(found).toString())} is too large: whole numbers in ${format} files have 64 bits`,
      `Correct the number. If it is right, give the column the type "string" or "number" in schema.json, or remove "${format}" from release.formats in dataset.json.`,
    ],
  ),
  said: rule(
    {
      title: "A rule of the dataset",
      explanation: "A dataset can have rules of its own, with its own messages. The most common: two kinds of value in one record.",
      examples: ["two-kinds-of-value"],
    },
    (words: string) => [words],
  ),
  ruledOut: rule(
    {
      title: "A value that is not allowed",
      explanation: "The dataset does not allow this value here.",
      examples: ["value-that-is-ruled-out"],
    },
    (found: unknown, column: Schema | undefined, reason?: string) => [
      `${quote(found)} is not allowed${where(reason)}`,
      `Write another value${parenthesized(columnSummary(column))}.`,
    ],
  ),
};
