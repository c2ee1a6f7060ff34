import { edtfDays } from "../schema/edtf-days.ts";
import { formatRules } from "./rules/format-rules.ts";
import type { Wording } from "./rules/rule.ts";

/** Longer texts are sentences, not codes or dates. */
const MAX_DATE_LENGTH = 60;

const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const monthOf = (word: string): string => {
  const found = MONTHS.findIndex((month) => word.length >= 3 && (month.startsWith(word.toLowerCase()) || word.toLowerCase() === "sept"));
  return String(word.toLowerCase() === "sept" ? 9 : found + 1);
};

const dateText = (year: string, ...rest: string[]): string => [year, ...rest.map((part) => part.padStart(2, "0"))].join("-");

/** Other notations of dates, and what each may mean, likeliest first. */
const NOTATIONS: [RegExp, (parts: string[]) => string[]][] = [
  [/^(\d{4})[-/. ](\d{1,2})$/, ([y = "", m = ""]) => [dateText(y, m)]],
  [/^(\d{1,2})[-/. ](\d{4})$/, ([m = "", y = ""]) => [dateText(y, m)]],
  [/^(\d{4})(\d\d)(\d\d)$/, ([y = "", m = "", d = ""]) => [dateText(y, m, d)]],
  [/^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ]\d\d:.*)?$/, ([y = "", m = "", d = ""]) => [dateText(y, m, d), dateText(y, d, m)]],
  [/^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})$/, ([d = "", m = "", y = ""]) => [dateText(y, m, d), dateText(y, d, m)]],
  [/^(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? ([a-z]+)\.?,? (\d{4})$/i, ([d = "", m = "", y = ""]) => [dateText(y, monthOf(m), d)]],
  [/^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i, ([m = "", d = "", y = ""]) => [dateText(y, monthOf(m), d)]],
  [/^([a-z]+)\.?,? (\d{4})$/i, ([m = "", y = ""]) => [dateText(y, monthOf(m))]],
];

/** The dates that a text in another notation may mean. */
function interpretations(text: string): string[] {
  if (edtfDays(text)) return [text];
  for (const [notation, read] of NOTATIONS) {
    const parts = notation.exec(text);
    if (!parts) continue;
    const found = [...new Set(read(parts.slice(1)))].filter((date) => edtfDays(date));
    // The month follows a leading year, unless there is no such month.
    return /^\d{4}/.test(text) ? found.slice(0, 1) : found;
  }
  return [];
}

function suggestedDates(text: string): string[] {
  const alone = interpretations(text);
  if (alone.length > 0) return alone;
  const [from, to, more] = /^\d{4}-\d{4}$/.test(text) ? text.split("-") : text.split(/ ?[/–—] ?| (?:-|to|until) /);
  if (from === undefined || to === undefined || more !== undefined) return [];
  const [start] = interpretations(from);
  // 2020-12-22/24: the end of a period may be abbreviated.
  const [end] = interpretations(/^\d\d$/.test(to) && start !== undefined ? `${start.slice(0, -2)}${to}` : to);
  return start && end && edtfDays(`${start}/${end}`) ? [`${start}/${end}`] : [];
}

const BEFORE = String.raw`(B\.? ?C\.?(?: ?E\.?)?|v\. ?Chr\.|v\. ?u\. ?Z\.)`;
const AFTER = String.raw`(A\.? ?D\.?|C\.? ?E\.?|n\. ?Chr\.|u\. ?Z\.)`;
const YEAR_BEFORE = new RegExp(String.raw`^(?:(\d{1,6}) ?${BEFORE}|${BEFORE} ?(\d{1,6}))$`, "i");
const YEAR_AFTER = new RegExp(String.raw`^(?:(\d{1,4}) ?${AFTER}|${AFTER} ?(\d{1,4}))$`, "i");
/** Also of EDTF level 1: `Y17000`. */
const LONG_YEAR = /^(-\d{1,6}|Y-?\d{5,9}|\d{5,6})(?:-\d\d){0,2}$/i;

/** The year that dates do not have, as astronomers count: -43 for 44 BC. */
function yearOutside(text: string): number | undefined {
  const [, before, , , after] = YEAR_BEFORE.exec(text) ?? [];
  const year = Number(before ?? after);
  if (year > 0) return year > 1 ? 1 - year : undefined;
  const [, long] = LONG_YEAR.exec(text) ?? [];
  const number = long === undefined ? Number.NaN : Number(long.replace(/^y/i, ""));
  // A number of five or six digits may be a day, written together, as well.
  return number < 0 || (number > 9999 && /^y/i.test(text)) ? number : undefined;
}

/** A year with its era as a year of four digits: `AD 70`, `1 BC`. */
function yearWithEra(text: string): string | undefined {
  const [, first, , , second] = YEAR_AFTER.exec(text) ?? [];
  const year = first ?? second ?? (YEAR_BEFORE.test(text) ? "0" : undefined);
  return year?.padStart(4, "0");
}

/** The wording for a year with its era, or one that dates do not have. */
function describeYear(found: string, text: string, fits: (date: string) => boolean): Wording | undefined {
  const outside = yearOutside(text);
  if (outside !== undefined) return formatRules.noSuchYear(found, outside);
  const era = yearWithEra(text);
  return era !== undefined && fits(era) ? formatRules.dateOrder(found, [era]) : undefined;
}

/** Restores the spaces and hyphens that word processors replace. Other dashes stay, as they may separate two dates. */
const withPlainCharacters = (text: string): string =>
  text
    .replaceAll(/\p{Cf}/gu, "")
    .trim()
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\u2010\u2011\u2212]/g, "-")
    .replace(/^(\d{4})[–—](\d\d?)[–—](\d\d?)$/, "$1-$2-$3");

/** The wording for a text that is not a valid date; `dayNeeded`: the column accepts complete dates only. */
export function describeDate(found: string, dayNeeded: boolean): Wording {
  const text = found.length > MAX_DATE_LENGTH ? "" : withPlainCharacters(found);
  const fits = (date: string): boolean => edtfDays(date) !== undefined && (!dayNeeded || /^\d{4}-\d\d-\d\d$/.test(date));
  const [from, to] = text.split("/");
  if (from && to && edtfDays(from) && edtfDays(to) && fits(`${to}/${from}`)) return formatRules.backwards(found, `${to}/${from}`);
  const [, month] = /^(\d{4}-\d\d)-\d\d$/.exec(text) ?? [];
  const days = month && edtfDays(month);
  if (days && !edtfDays(text)) return formatRules.noSuchDay(found, month, Number(days.end.slice(-2)), dayNeeded);
  const year = describeYear(found, text, fits);
  if (year) return year;
  const suggestions = suggestedDates(text).filter(fits);
  const [, first, second, third] = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ]|$)/.exec(text) ?? [];
  const isSwapped = first && second && third && suggestions[0] === dateText(first, third, second) && third.padStart(2, "0") !== second;
  if (suggestions.length > 0) return formatRules.dateOrder(found, suggestions, isSwapped ? second : undefined);
  return dayNeeded ? formatRules.wholeDay(found) : formatRules.noDate(found);
}
