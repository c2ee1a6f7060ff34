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

/** 2025-06-15T05:00:00Z → 15 Jun 2025, 05:00 UTC. */
export function humanTime(text: string): string {
  const [, day, time, zone] = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([Zz]|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  if (day === undefined || time === undefined) return text;
  return `${humanDate(day)}, ${time.replace(/:00$/, (end, at: number) => (at > 2 ? "" : end))}${zone === undefined ? "" : /z/i.test(zone) ? " UTC" : ` ${zone}`}`;
}
