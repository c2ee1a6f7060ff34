/** Days are counted from 1970-01-01 in the Gregorian calendar. */
export function dayNumber(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 2020-09-15 → 15 Sep 2020, 2020-09 → Sep 2020; an interval with a dash. Other text stays as it is. */
export function humanDate(text: string): string {
  return text
    .split("/")
    .map((part) => {
      const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(part) ?? [];
      const name = month === undefined ? undefined : MONTHS[Number(month) - 1];
      return year ? [day && String(Number(day)), name, year].filter(Boolean).join(" ") : part;
    })
    .join(" – ");
}

/** The first moment of a text that `humanDate` or `humanTime` wrote, in days; undefined for other texts. */
export function dayOf(text: string): number | undefined {
  const [, day, month, year, hour, minute] = /^(?:(\d{1,2}) )?([A-Z][a-z]{2}) (\d{4})(?:, (\d\d):(\d\d))?/.exec(text) ?? [];
  const at = month === undefined ? -1 : MONTHS.indexOf(month);
  if (at >= 0) return dayNumber(`${year}-${at + 1}-${day ?? 1}`) + (Number(hour ?? 0) * 60 + Number(minute ?? 0)) / 1440;
  const [, alone] = /^(\d{4})(?: –|$)/.exec(text) ?? [];
  return alone === undefined ? undefined : dayNumber(`${alone}-1-1`);
}

/** 2025-06-15T05:00:00Z → 15 Jun 2025, 05:00 UTC. */
export function humanTime(text: string): string {
  const [, day, time, zone] = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([Zz]|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  if (day === undefined || time === undefined) return text;
  return `${humanDate(day)}, ${time.replace(/:00$/, (end, at: number) => (at > 2 ? "" : end))}${zone === undefined ? "" : /z/i.test(zone) ? " UTC" : ` ${zone}`}`;
}
