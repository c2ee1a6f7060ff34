import { PAGE_BYTES, type PageSink } from "./page-sink.ts";
import { varintLength, writeVarint } from "./write-varint.ts";

/** Names of the numbers in Database File Format, 1.6, B-tree Pages: the part of a payload in its cell. */
const MIN_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
export const MAX_TABLE_LOCAL = PAGE_BYTES - 35;
const MAX_INDEX_LOCAL = Math.floor(((PAGE_BYTES - 12) * 64) / 255) - 23;
const OVERFLOW_BYTES = PAGE_BYTES - 4;

/** Bytes of a payload in its cell. */
export function localBytes(bytes: number, maxLocal: number): number {
  if (bytes <= maxLocal) return bytes;
  const local = MIN_LOCAL + ((bytes - MIN_LOCAL) % OVERFLOW_BYTES);
  return local <= maxLocal ? local : MIN_LOCAL;
}

/** Writes what has no room in a cell to pages of its own; returns the number of the first. */
export function addOverflow(sink: PageSink, bytes: Uint8Array, start: number, end: number): number {
  const first = sink.next;
  for (let at = start; at < end; at += OVERFLOW_BYTES) {
    const page = Buffer.alloc(PAGE_BYTES);
    page.set(bytes.subarray(at, Math.min(end, at + OVERFLOW_BYTES)), 4);
    const number = sink.next;
    // The page after this one; a page that SQLite leaves empty may lie between them.
    if (at + OVERFLOW_BYTES < end) page.writeUInt32BE(sink.after(number), 0);
    sink.add(page);
  }
  return first;
}

/** The cell of an index: the length of a payload, its start, and where the rest is. */
export function indexCell(sink: PageSink, payload: Uint8Array): Uint8Array {
  const local = localBytes(payload.length, MAX_INDEX_LOCAL);
  const rest = payload.length > local;
  const cell = Buffer.allocUnsafe(varintLength(payload.length) + local + (rest ? 4 : 0));
  const at = writeVarint(cell, 0, payload.length);
  cell.set(payload.subarray(0, local), at);
  if (rest) cell.writeUInt32BE(addOverflow(sink, payload, local, payload.length), at + local);
  return cell;
}
