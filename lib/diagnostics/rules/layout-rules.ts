import { rule } from "./rule.ts";
import { quote } from "./wording.ts";

const FORMS: Record<string, string> = {
  "date-time": "a time such as 2020-12-22T14:00:00Z",
  time: "a time of day such as 14:00:00Z",
  duration: "a duration such as P3D",
  email: "an e-mail address",
  hostname: "the name of a computer such as example.org",
  ipv4: "an address such as 192.0.2.1",
  ipv6: "an address such as 2001:db8::1",
  uuid: "a UUID of 32 digits",
};

/** Dates, addresses and other texts that have a form everywhere. */
export const formatRules = {
  dateOrder: rule(
    {
      title: "A date in another order",
      explanation:
        "Dates are written year-month-day, with zeros: 2020, 2020-12, 2020-12-22, and two of them with a / between for a time from one to the other.",
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
    (found: string, suggestion: readonly string[]) => [
      `${quote(found)} is not written as dates are here: year-month-day`,
      `Write ${suggestion.map(quote).join(" or ")}${suggestion.length > 1 ? ", whichever is meant" : ""}.`,
    ],
  ),
  noDate: rule(
    {
      title: "No date",
      explanation: "A date is as exact as its source: a year, a month or a day. What is uncertain about it goes into another column.",
      examples: ["date-of-uncertain-kind"],
    },
    (found: string) => [
      `${quote(found)} is not a date`,
      "Write it as far as it is known: 2020, 2020-12, 2020-12-22, or two of them with a / between.",
    ],
  ),
  noSuchDay: rule(
    { title: "A day that does not exist", explanation: "The month has fewer days.", examples: ["day-that-does-not-exist"] },
    (found: string, month: string, days: number, dayNeeded: boolean) => [
      `${quote(found)} does not exist: ${month} has ${days} days`,
      dayNeeded ? "Look the day up." : `Look the day up, or write the month only: "${month}".`,
    ],
  ),
  backwards: rule(
    {
      title: "A period that ends before it starts",
      explanation: "Of the two dates with a / between them, the earlier stands first.",
      examples: ["period-that-ends-before-it-starts"],
    },
    (found: string, turned: string) => [`${quote(found)} ends before it starts`, `Write ${quote(turned)}.`],
  ),
  wholeDay: rule(
    {
      title: "A month where a day is needed",
      explanation: "This column takes whole dates only.",
      examples: ["month-where-a-day-is-needed"],
    },
    (found: string) => [`${quote(found)} is not a day`, "Write year, month and day: 2020-12-22."],
  ),
  noAddress: rule(
    {
      title: "No web address",
      explanation: "Readers open these addresses in a browser: they start with https:// or http://, as the browser shows them.",
      examples: ["address-without-https", "address-that-runs-a-script", "address-with-a-space"],
    },
    (found: string, suggestion: string | undefined) => [
      `${quote(found)} is not a web address: ${/^https?:\/\/.*\s/i.test(found) ? "there is a space in it" : "it must start with https:// or http://"}`,
      suggestion === undefined ? "Copy the address of the page from the browser." : `Write ${quote(suggestion)}.`,
    ],
  ),
  form: rule(
    { title: "A time, or an address, in another form", explanation: "Such texts have one form everywhere.", examples: ["time-in-words"] },
    (found: string, form: string) => [`${quote(found)} is not ${FORMS[form] ?? `a valid ${form}`}`, "Write it in that form."],
  ),
};
