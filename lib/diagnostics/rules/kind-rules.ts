import type { Schema } from "../../schema/table-plan.ts";
import { rule } from "./rule.ts";
import { exampleOf, listValues, quote, truncate } from "./wording.ts";

const KINDS: Record<string, string> = {
  string: "text in quotes",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object { … }",
  array: "a list [ … ]",
};

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const found = (value: unknown): string => {
  if (Array.isArray(value)) return `a list: ${quote(value)}`;
  if (isObject(value)) return "an object { … }";
  return typeof value === "string"
    ? `text: ${quote(value)}`
    : typeof value === "number"
      ? `a number: ${truncate(String(value))}`
      : `${value}`;
};
const butIs = (kinds: readonly string[], value: unknown): string =>
  `must be ${kinds.map((kind) => KINDS[kind] ?? kind).join(" or ")}, but it is ${found(value)}`;

/** Longer ones are no numbers of people. */
const LONGEST = 40;
const THOUSANDS = /^[+-]?\d{1,3}(?:[,.'’\s]\d{3})+$/;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;

/** A number of the kind that is asked for. */
const digitsOnly = (kinds: readonly string[]): string =>
  kinds.includes("number") ? "Write digits only, such as 1200 or 0.5." : "Write a whole number in digits, such as 1200.";

function asNumber(text: string, kinds: readonly string[]): string {
  const trimmed = text.trim();
  const fraction = /^[+-]?\d+[.,]\d+$/.test(trimmed) && !THOUSANDS.test(trimmed);
  if (trimmed.length > LONGEST || (fraction && !kinds.includes("number"))) return digitsOnly(kinds);
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(trimmed)) return `Remove the quotes: ${trimmed}.`;
  if (THOUSANDS.test(trimmed))
    return `Write ${trimmed.replaceAll(/[^\d-]/g, "").replace(/^(-?)0+(?=\d)/, "$1")}, without quotes and without signs between the thousands.`;
  if (DECIMAL_COMMA.test(trimmed)) return `Write ${trimmed.replace("+", "").replace(",", ".")}, with a point and without quotes.`;
  return digitsOnly(kinds);
}

const YES: unknown[] = ["true", "yes", "y", "1", 1];
const NO: unknown[] = ["false", "no", "n", "0", 0];

/** Text, number, list: what kind of value stands in a column. */
export const typeRules = {
  number: rule(
    {
      title: "Text where a number belongs",
      explanation: "Numbers stand without quotes, in digits, with a point before the fraction and nothing between the thousands.",
      examples: [
        "quoted-number",
        "quoted-number-with-thousands",
        "number-in-words",
        "text-for-a-number-of-another-kind",
        "number-in-words-for-a-whole-one",
      ],
    },
    (kinds: readonly string[], value: unknown) => [
      butIs(kinds, value),
      typeof value === "string" ? asNumber(value, kinds) : digitsOnly(kinds),
    ],
  ),
  whole: rule(
    {
      title: "A fraction where a whole number belongs",
      explanation: "What is counted is counted in wholes.",
      examples: ["part-of-a-sentence"],
    },
    (value: unknown) => [`must be a whole number, but it is ${quote(value)}`, "Write it without a fraction."],
  ),
  yesOrNo: rule(
    {
      title: "Yes and no",
      explanation: "They are written true and false, in small letters and without quotes.",
      examples: ["yes-for-true"],
    },
    (kinds: readonly string[], value: unknown) => {
      const plain = typeof value === "string" ? value.trim().toLowerCase() : value;
      const suggestion = YES.includes(plain) ? "true" : NO.includes(plain) ? "false" : undefined;
      return [butIs(kinds, value), suggestion ? `Write ${suggestion}, without quotes.` : "Write true for yes, false for no."];
    },
  ),
  text: rule(
    {
      title: "A value without quotes where text belongs",
      explanation: "Text stands in quotes, and so do years and dates.",
      examples: ["year-without-quotes", "number-for-a-word", "number-for-a-locator", "number-for-a-reference"],
    },
    (kinds: readonly string[], value: unknown, column: Schema | undefined) => {
      const example = column?.["pattern"] === undefined ? undefined : exampleOf(column);
      const quoted = isObject(value) ? "Write the text alone, without the { }." : `Put it in quotes: ${quote(String(value))}.`;
      const like = example === undefined ? quoted : `Write it like ${quote(example)}.`;
      return [butIs(kinds, value), Array.isArray(column?.enum) ? `Write one of: ${listValues(column.enum)}.` : like];
    },
  ),
  single: rule(
    {
      title: "A list where one value belongs",
      explanation: "The column holds one value. Where there are several, it takes several records, or another column.",
      examples: ["list-for-a-text", "list-in-a-list"],
    },
    (kinds: readonly string[], value: readonly unknown[]) => [
      butIs(kinds, value),
      value.length === 1 ? `Write ${quote(value[0])}, without the brackets.` : "Keep one of them, without the brackets.",
    ],
  ),
  list: rule(
    {
      title: "One value where a list belongs",
      explanation: "The column holds a list, in brackets even where it has one entry.",
      examples: ["text-for-a-list", "object-for-a-list", "licence-without-brackets"],
    },
    (kinds: readonly string[], value: unknown, item: Schema | undefined) => {
      if (isObject(value)) return [butIs(kinds, value), "Put a [ before the { and a ] after its }."];
      const [name, ...others] = item?.required ?? [];
      if (item?.type !== "object")
        return [butIs(kinds, value), `Put it in brackets: [${quote(item?.type === "string" ? String(value) : value)}].`];
      return [
        butIs(kinds, value),
        name !== undefined && others.length === 0
          ? `Put it in brackets and braces, with its name: [{ "${name}": ${quote(value)} }].`
          : `Write a list of { … }, each with these names: ${listValues(item.required ?? Object.keys(item.properties ?? {}))}.`,
      ];
    },
  ),
  object: rule(
    {
      title: "One value where names and values belong",
      explanation: "The column holds braces, in which each value has a name that says what kind of value it is.",
      examples: ["text-for-an-object"],
    },
    (kinds: readonly string[], value: unknown, names: readonly string[]) => [
      butIs(kinds, value),
      names.length > 0 ? `Put it in { } with one of these names: ${listValues(names)}.` : "Put it in { } with its name.",
    ],
  ),
  record: rule(
    {
      title: "No record",
      explanation: "A file of records is one list, and each of its entries is a record in braces.",
      examples: ["list-around-the-records"],
    },
    (value: unknown) => [
      `A record { … } must stand here, but it is ${Array.isArray(value) ? "a list [ … ]" : found(value)}`,
      Array.isArray(value) ? "Remove the [ and the ] around it." : 'Write it as a record, { "name": value, … }, or remove it.',
    ],
  ),
};
