const twoDigits = (n: number): string => String(n % 100).padStart(2, "0");

/** A year and the last two digits of the next, as seasons are written: `2005-06`. It may also mean a month. */
export const YEAR_AND_NEXT = new RegExp(
  `^\\d\\d(${Array.from({ length: 100 }, (_, year) => `${twoDigits(year)}-${twoDigits(year + 1)}`).join("|")})$`,
);
