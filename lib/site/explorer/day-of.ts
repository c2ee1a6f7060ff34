interface Day {
  year: number;
  month: number;
  /** `yyyy-mm-dd`. */
  text: string;
}

/** The day for a number of `dayNumber`, in the Gregorian calendar. */
export function dayOf(number: number): Day {
  const shifted = Math.floor(number) + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const date = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (part: number): string => String(part).padStart(2, "0");
  return { year, month, text: `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}` };
}
