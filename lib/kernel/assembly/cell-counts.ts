// Counts the values of each column.

import { NULL, STRING, tapeEnd, tapeKind, tapeStart } from "./tape";

let columns: usize = 0;
let size: u32 = 0;
let counts: usize = 0;

/** Sets the slots of the columns, their number, and where to count: records, then for each column values and empty texts. */
export function openCellCounts(columnsAt: usize, count: u32, countsAt: usize): void {
  columns = columnsAt;
  size = count;
  counts = countsAt;
}

// @ts-ignore: decorator
@inline
function increase(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

/** Counts the record on the tape. Does nothing unless opened. */
export function countCells(slots: usize): void {
  if (counts == 0) return;
  increase(counts);
  let at = counts + 4;
  for (let i: u32 = 0; i < size; i += 1, at += 8) {
    const entry = load<u32>(slots + (load<u32>(columns + (i << 2)) << 2));
    if (entry == 0) continue;
    const kind = tapeKind(entry);
    if (kind == NULL) continue;
    increase(at);
    if (kind == STRING && tapeStart(entry) == tapeEnd(entry)) increase(at + 4);
  }
}
