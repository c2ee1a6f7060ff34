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
