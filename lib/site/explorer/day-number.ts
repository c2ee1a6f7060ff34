import { MONTHS } from "./human-date.ts";

/** The number of a day since 1970-01-01, in the Gregorian calendar. */
export function dayNumber(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** The start of a text that `humanDate` or `humanTime` wrote, in days; undefined for other texts. */
export function dayNumberOfText(text: string): number | undefined {
  const [, day, month, year, hour, minute] = /^(?:(\d{1,2}) )?([A-Z][a-z]{2}) (\d{4})(?:, (\d\d):(\d\d))?/.exec(text) ?? [];
  const at = month === undefined ? -1 : MONTHS.indexOf(month);
  if (at >= 0) return dayNumber(`${year}-${at + 1}-${day ?? 1}`) + (Number(hour ?? 0) * 60 + Number(minute ?? 0)) / 1440;
  const [, alone] = /^(\d{4})(?: –|$)/.exec(text) ?? [];
  return alone === undefined ? undefined : dayNumber(`${alone}-1-1`);
}
