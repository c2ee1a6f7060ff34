/** Days from 1970-01-01 to a day of the Gregorian calendar, `yyyy-mm-dd`; negative before. */
export function daysSinceEpoch(text: string): number {
  const month = Number(text.slice(5, 7));
  // Years are counted from March, so that a leap day is the last day of its year.
  const year = Number(text.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(text.slice(8, 10)) - 1;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return 365 * year + leapDays + dayOfYear - 719_468;
}
