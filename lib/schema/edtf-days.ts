/**
 * Dates of EDTF level 0 (Library of Congress, 2019; ISO 8601-2:2019) without times of day:
 * `2020`, `2020-12`, `2020-12-22`, and intervals of two of them, `1993/2020-12-14`.
 */
export interface Days {
  /** First day, `yyyy-mm-dd`. */
  start: string;
  /** Last day, `yyyy-mm-dd`. */
  end: string;
}

const SHAPE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

function single(text: string): Days | undefined {
  const [, year, month, day] = SHAPE.exec(text) ?? [];
  if (!year) return undefined;
  if (!month) return { start: `${year}-01-01`, end: `${year}-12-31` };
  const last = Number(month) >= 1 && Number(month) <= 12 ? daysInMonth(Number(year), Number(month)) : 0;
  if (last === 0) return undefined;
  if (!day) return { start: `${year}-${month}-01`, end: `${year}-${month}-${last}` };
  return Number(day) >= 1 && Number(day) <= last ? { start: text, end: text } : undefined;
}

/** The days that a date covers; undefined if the text is not a valid date. */
export function edtfDays(text: string): Days | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return single(text);
  const from = single(text.slice(0, slash));
  const to = single(text.slice(slash + 1));
  return from && to && from.start <= to.end ? { start: from.start, end: to.end } : undefined;
}
