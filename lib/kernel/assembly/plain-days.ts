// First and last days of plain dates: those that `isPlainDay` proves, from the year 1000 on. As lib/schema/edtf-days.ts finds them.

import { isPlainDay } from "./prove-steps";
import { BACKSLASH, STRING, tapeEnd, tapeHolds, tapeKind, tapeStart } from "./tape";

// @ts-ignore: decorator
@inline
function digitsAt(at: usize, count: usize): u32 {
  let number: u32 = 0;
  for (let i: usize = 0; i < count; i += 1) number = 10 * number + (<u32>load<u8>(at + i) - 0x30);
  return number;
}

function daysInMonth(year: u32, month: u32): u32 {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** The first or last day of the date of an entry as a number, yyyymmdd; 0 if JavaScript has to find it. */
export function plainDay(entry: u32, isLast: bool): u32 {
  const start = tapeStart(entry);
  const end = tapeEnd(entry);
  if (tapeKind(entry) != STRING || (tapeHolds(entry) & BACKSLASH) != 0 || !isPlainDay(start, end, true) || load<u8>(start) == 0x30) return 0;
  const year = digitsAt(start, 4);
  const month = end - start >= 7 ? digitsAt(start + 5, 2) : isLast ? 12 : 1;
  const day = end - start >= 10 ? digitsAt(start + 8, 2) : isLast ? daysInMonth(year, month) : 1;
  return 10_000 * year + 100 * month + day;
}

/** Writes such a number as `yyyy-mm-dd`. */
export function writePlainDay(out: usize, day: u32): void {
  let rest = day;
  for (let i: usize = 10; i > 0; i -= 1) {
    const isDash = i == 5 || i == 8;
    store<u8>(out + i - 1, isDash ? 0x2d : 0x30 + (rest % 10));
    if (!isDash) rest /= 10;
  }
}

/** Days from 1970-01-01 to such a day; negative before. As lib/formats/days-since-epoch.ts. */
export function plainDaysSinceEpoch(day: u32): i32 {
  const month = (day / 100) % 100;
  const year = day / 10_000 - (month <= 2 ? 1 : 0);
  const dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + (day % 100) - 1;
  return <i32>(365 * year + year / 4 - year / 100 + year / 400 + dayOfYear) - 719_468;
}
