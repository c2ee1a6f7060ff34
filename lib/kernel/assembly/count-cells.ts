import { endAt, kindAt, NULL, startAt, STRING } from "./tape";

/** Counts the columns in which the record has a value, and those in which that is an empty text; `columns` are places. */
export function countCells(places: usize, columns: usize, count: u32, filled: usize, empty: usize): void {
  for (let i: u32 = 0; i < count; i += 1) {
    const entry = load<u32>(places + (load<u32>(columns + (i << 2)) << 2));
    if (entry == 0 || kindAt(entry) == NULL) continue;
    const at = i << 2;
    store<u32>(filled + at, load<u32>(filled + at) + 1);
    if (kindAt(entry) == STRING && startAt(entry) == endAt(entry)) store<u32>(empty + at, load<u32>(empty + at) + 1);
  }
}
