import { NULL, STRING, tapeEnd, tapeKind, tapeStart } from "./tape";

/** Counts the columns in which the record has a value, and those in which that is an empty text; `columns` are places. */
export function countCells(places: usize, columns: usize, count: u32, filled: usize, empty: usize): void {
  for (let i: u32 = 0; i < count; i += 1) {
    const entry = load<u32>(places + (load<u32>(columns + (i << 2)) << 2));
    if (entry == 0 || tapeKind(entry) == NULL) continue;
    const at = i << 2;
    store<u32>(filled + at, load<u32>(filled + at) + 1);
    if (tapeKind(entry) == STRING && tapeStart(entry) == tapeEnd(entry)) store<u32>(empty + at, load<u32>(empty + at) + 1);
  }
}
