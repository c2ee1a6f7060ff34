import { isObject } from "../../contract/is-object.ts";
import { edtfDays } from "../../schema/edtf-days.ts";
import type { Schema } from "../../schema/schema.ts";
import { isMissingValue } from "../is-missing-value.ts";
import { columnExample } from "./column-example.ts";
import { LEAVE_OUT } from "./leave-out.ts";
import { listValues } from "./list-values.ts";
import { quote } from "./quote.ts";
import { rule } from "./rule.ts";
import { truncate } from "./truncate.ts";

const KINDS: Record<string, string> = {
  string: "a text in quotes",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object { … }",
  array: "a list [ … ]",
};

const found = (value: unknown): string => {
  if (Array.isArray(value)) return `the list ${quote(value)}`;
  if (isObject(value)) return "an object { … }";
  return typeof value === "string"
    ? `the text ${quote(value)}`
    : typeof value === "number"
      ? `the number ${truncate(String(value))}`
      : `${value}`;
};
const foundInstead = (kinds: readonly string[], value: unknown): string =>
  `Expected ${kinds.map((kind) => KINDS[kind] ?? kind).join(" or ")}, found ${found(value)}`;

/** Longer texts are not suggested as numbers. */
const MAX_CHARACTERS = 40;
const THOUSANDS = /^[+-]?\d{1,3}(?:[,.'’\s]\d{3})+$/;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;

const digitsOnly = (kinds: readonly string[]): string =>
  kinds.includes("number") ? "Write digits only, like 1200 or 0.5." : "Write digits only, like 1200.";

function asNumber(text: string, kinds: readonly string[]): string {
  if (isMissingValue(text)) return LEAVE_OUT;
  const trimmed = text.trim();
  const fraction = /^[+-]?\d+[.,]\d+$/.test(trimmed) && !THOUSANDS.test(trimmed);
  if (trimmed.length > MAX_CHARACTERS || (fraction && !kinds.includes("number"))) return digitsOnly(kinds);
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(trimmed)) return `Remove the quotes: ${trimmed}.`;
  if (THOUSANDS.test(trimmed))
    return `Write ${trimmed.replaceAll(/[^\d-]/g, "").replace(/^(-?)0+(?=\d)/, "$1")}, without quotes or thousands separators.`;
  if (DECIMAL_COMMA.test(trimmed)) return `Write ${trimmed.replace("+", "").replace(",", ".")}, with a point and without quotes.`;
  return digitsOnly(kinds);
}

/** Day numbers of Excel from 1954 to 2064. */
const isDayNumber = (value: number): boolean => Number.isInteger(value) && value > 20_000 && value < 60_000;

function asDay(value: number): string {
  const write = 'Write year, month and day in quotes: "2020-12-22".';
  return isDayNumber(value) ? `${write} Excel saves days as such numbers if their cells are not formatted as dates.` : write;
}

const YES: unknown[] = ["true", "yes", "y", "1", 1];
const NO: unknown[] = ["false", "no", "n", "0", 0];

/** Rules about the type of a value. */
export const typeRules = {
  number: rule(
    {
      title: "Text instead of a number",
      explanation: "Numbers are digits without quotes, with a point before the fraction and no thousands separators.",
      examples: [
        "quoted-number",
        "quoted-number-with-thousands",
        "number-in-words",
        "text-for-a-number-of-another-kind",
        "number-in-words-for-a-whole-one",
      ],
    },
    (kinds: readonly string[], value: unknown) => [
      foundInstead(kinds, value),
      typeof value === "string" ? asNumber(value, kinds) : digitsOnly(kinds),
    ],
  ),
  whole: rule(
    {
      title: "A fraction instead of a whole number",
      explanation: "This column takes whole numbers only.",
      examples: ["part-of-a-sentence"],
    },
    (value: unknown) => [`Expected a whole number, found ${quote(value)}`, "Write it without a fraction."],
  ),
  yesOrNo: rule(
    {
      title: "Yes and no",
      explanation: "Write true for yes and false for no, in lower case and without quotes.",
      examples: ["yes-for-true"],
    },
    (kinds: readonly string[], value: unknown) => {
      const plain = typeof value === "string" ? value.trim().toLowerCase() : value;
      const suggestion = YES.includes(plain) ? "true" : NO.includes(plain) ? "false" : undefined;
      const remedy = typeof value === "string" && isMissingValue(value) ? LEAVE_OUT : "Write true for yes, or false for no.";
      return [foundInstead(kinds, value), suggestion ? `Write ${suggestion}, without quotes.` : remedy];
    },
  ),
  text: rule(
    {
      title: "A number instead of text",
      explanation: "Texts are in quotes, and so are years and dates.",
      examples: ["year-without-quotes", "number-for-a-word", "number-for-a-locator", "number-for-a-reference"],
    },
    (kinds: readonly string[], value: unknown, column: Schema | undefined) => {
      const example = column?.["pattern"] === undefined ? undefined : columnExample(column);
      const [, year, month, day] =
        (/^(?:date|edtf)$/.test(`${column?.["format"]}`) && /^(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.exec(`${value}`)) || [];
      if (year !== undefined && edtfDays(`${year}-${month}-${day}`) !== undefined)
        return [foundInstead(kinds, value), `Write ${quote(`${year}-${month}-${day}`)}, in quotes.`];
      if (column?.["format"] === "date" && typeof value === "number") return [foundInstead(kinds, value), asDay(value)];
      const quoted = isObject(value) ? "Write the text alone, without { }." : `Put it in quotes: ${quote(String(value))}.`;
      const like = example === undefined ? quoted : `Write it like ${quote(example)}.`;
      return [foundInstead(kinds, value), Array.isArray(column?.enum) ? `Write one of: ${listValues(column.enum)}.` : like];
    },
  ),
  single: rule(
    {
      title: "A list instead of one value",
      explanation: "The column takes one value. For several, write several records, or use another column.",
      examples: ["list-for-a-text", "list-in-a-list"],
    },
    (kinds: readonly string[], value: readonly unknown[]) => [
      foundInstead(kinds, value),
      value.length === 1 ? `Write ${quote(value[0])}, without the brackets.` : "Keep one of the values, without the brackets.",
    ],
  ),
  list: rule(
    {
      title: "One value instead of a list",
      explanation: "The column takes a list in [ ], even with a single entry.",
      examples: ["text-for-a-list", "object-for-a-list", "licence-without-brackets"],
    },
    (kinds: readonly string[], value: unknown, item: Schema | undefined) => {
      if (isObject(value)) return [foundInstead(kinds, value), "Add a [ before the { and a ] after its }."];
      const [name, ...others] = item?.required ?? [];
      if (item?.type !== "object") {
        const entries = typeof value === "string" && item?.type === "string" ? value.split(/[,;|]/).map((entry) => entry.trim()) : [];
        const several =
          entries.length > 1 && entries.length < 6 && entries.every((entry) => entry !== "" && entry.length <= MAX_CHARACTERS);
        return [
          foundInstead(kinds, value),
          `Write [${quote(item?.type === "string" ? String(value) : value)}]${several ? `, or [${entries.map((entry) => quote(entry)).join(", ")}] if these are ${entries.length}` : ""}.`,
        ];
      }
      return [
        foundInstead(kinds, value),
        name !== undefined && others.length === 0
          ? `Write [{ "${name}": ${quote(value)} }].`
          : `Write a list of { … }, each with these names: ${listValues(item.required ?? Object.keys(item.properties ?? {}))}.`,
      ];
    },
  ),
  object: rule(
    {
      title: "One value instead of an object",
      explanation: "The column takes an object in { }, in which every value has a name.",
      examples: ["text-for-an-object"],
    },
    (kinds: readonly string[], value: unknown, names: readonly string[]) => [
      foundInstead(kinds, value),
      names.length > 0 ? `Put it in { } with one of these names: ${listValues(names)}.` : "Put it in { } with a name.",
    ],
  ),
  record: rule(
    {
      title: "Not a record",
      explanation: "A file of records is one list, and each entry is a record in { }.",
      examples: ["list-around-the-records"],
    },
    (value: unknown) => [
      `Expected a record { … }, found ${Array.isArray(value) ? "a list [ … ]" : found(value)}`,
      Array.isArray(value) ? "Remove the [ and the ] around it." : 'Write it as a record, { "name": value, … }, or remove it.',
    ],
  ),
};
