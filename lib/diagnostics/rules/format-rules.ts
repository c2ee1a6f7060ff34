import { isMissingValue } from "../is-missing-value.ts";
import { LEAVE_OUT } from "./leave-out.ts";
import { quote } from "./quote.ts";
import { rule } from "./rule.ts";

const FORMS: Record<string, string> = {
  "date-time": "a time such as 2020-12-22T14:00:00Z",
  time: "a time of day such as 14:00:00Z",
  duration: "a duration such as P3D",
  email: "an e-mail address",
  hostname: "a host name such as example.org",
  ipv4: "an IPv4 address such as 192.0.2.1",
  ipv6: "an IPv6 address such as 2001:db8::1",
  uuid: "a UUID",
};

/** Rules about dates, addresses and other formats. */
export const formatRules = {
  dateOrder: rule(
    {
      title: "A date in another format",
      explanation: "Dates are year-month-day with leading zeros: 2020, 2020-12 or 2020-12-22. A period is two dates with a / between them.",
      examples: [
        "date-with-slashes",
        "date-with-day-or-month-first",
        "date-of-one-digit",
        "date-with-day-and-month-swapped",
        "date-in-words",
        "date-with-no-break-hyphens",
        "period-with-a-dash",
      ],
    },
    // `supposedDay`: the part that can only be the day if it is not a typing error.
    (found: string, suggestion: readonly string[], supposedDay?: string) => [
      `${quote(found)} is not in the format year-month-day`,
      supposedDay === undefined
        ? `Write ${suggestion.map(quote).join(" or ")}.`
        : `If ${supposedDay} is the day, write ${suggestion.map(quote).join(" or ")}.`,
    ],
  ),
  noDate: rule(
    {
      title: "Not a date",
      explanation: "A date is as precise as its source: a year, a month or a day. Write what is uncertain about it in another column.",
      examples: ["date-of-uncertain-kind"],
    },
    (found: string) => [
      `${quote(found)} is not a date`,
      isMissingValue(found) ? LEAVE_OUT : "Write as much as is known: 2020, 2020-12, 2020-12-22, or two of these with a / between them.",
    ],
  ),
  noSuchYear: rule(
    {
      title: "A year before 0 or after 9999",
      explanation:
        "Dates have years of four digits, so that they sort as texts. 0000 is the year 1 BC; for earlier years, use a column of whole numbers.",
      examples: ["year-before-christ"],
    },
    // `year`: 0 is the year 1 BC, -1 the year 2 BC.
    (found: string, year: number) => [
      `${quote(found)} is not a date: dates have years from 0000 to 9999`,
      year < 0
        ? `Write the year in a column of whole numbers ("type": "integer" in schema.json): ${year}, which is ${1 - year} BC.`
        : `Write the year in a column of whole numbers ("type": "integer" in schema.json): ${year}.`,
    ],
  ),
  noSuchDay: rule(
    { title: "A day that does not exist", explanation: "The month has fewer days.", examples: ["day-that-does-not-exist"] },
    (found: string, month: string, days: number, dayNeeded: boolean) => [
      `${quote(found)} does not exist: ${month} has ${days} days`,
      dayNeeded ? "Look up the day." : `Look up the day, or write only the month: "${month}".`,
    ],
  ),
  backwards: rule(
    {
      title: "A period that ends before it starts",
      explanation: "In a period, the earlier date comes first.",
      examples: ["period-that-ends-before-it-starts"],
    },
    (found: string, reversed: string) => [`${quote(found)} ends before it starts`, `Write ${quote(reversed)}.`],
  ),
  wholeDay: rule(
    {
      title: "A month instead of a day",
      explanation: "This column takes complete dates only.",
      examples: ["month-where-a-day-is-needed"],
    },
    (found: string) => [`${quote(found)} is not a day`, isMissingValue(found) ? LEAVE_OUT : "Write year, month and day: 2020-12-22."],
  ),
  noAddress: rule(
    {
      title: "Not a web address",
      explanation: "Readers open these addresses in a browser, so they start with https:// or http://.",
      examples: ["address-without-https", "address-that-runs-a-script", "address-with-a-space"],
    },
    (found: string, suggestion: string | undefined) => [
      `${quote(found)} is not a web address: ${/^https?:\/\/.*\s/i.test(found) ? "it contains a space" : "it must start with https:// or http://"}`,
      suggestion === undefined ? "Copy the address of the page from your browser." : `Write ${quote(suggestion)}.`,
    ],
  ),
  form: rule(
    {
      title: "Another format",
      explanation: "The column takes texts of one format, such as times or e-mail addresses.",
      examples: ["time-in-words"],
    },
    (found: string, form: string) => [`${quote(found)} is not ${FORMS[form] ?? `a valid ${form}`}`, "Write it in that format."],
  ),
};
