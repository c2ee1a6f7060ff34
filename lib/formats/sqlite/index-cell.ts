import { copyRange } from "./copy-range.ts";
import { PAGE_BYTES, type PageSink } from "./page-sink.ts";
import { writeVarint } from "./write-varint.ts";

/** Database File Format, 1.6, B-tree Pages: limits of the part of a payload that is stored in its cell. */
const MIN_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
export const MAX_TABLE_LOCAL = PAGE_BYTES - 35;
const MAX_INDEX_LOCAL = Math.floor(((PAGE_BYTES - 12) * 64) / 255) - 23;
const OVERFLOW_BYTES = PAGE_BYTES - 4;

/** Number of payload bytes that are stored in the cell. */
export function localBytes(bytes: number, maxLocal: number): number {
  if (bytes <= maxLocal) return bytes;
  const local = MIN_LOCAL + ((bytes - MIN_LOCAL) % OVERFLOW_BYTES);
  return local <= maxLocal ? local : MIN_LOCAL;
}

/** Writes the part of a payload that does not fit into its cell to overflow pages. Returns the number of the first. */
export function addOverflow(sink: PageSink, bytes: Uint8Array, start: number, end: number): number {
  const first = sink.next;
  for (let at = start; at < end; at += OVERFLOW_BYTES) {
    const page = Buffer.alloc(PAGE_BYTES);
    page.set(bytes.subarray(at, Math.min(end, at + OVERFLOW_BYTES)), 4);
    const number = sink.next;
    // The next page, which is not `number + 1` if SQLite leaves that page empty.
    if (at + OVERFLOW_BYTES < end) page.writeUInt32BE(sink.after(number), 0);
    sink.add(page);
  }
  return first;
}

/** Maximum size of an index cell: a length of at most nine bytes, the payload, and a page number. */
export const MAX_CELL_BYTES = 9 + MAX_INDEX_LOCAL + 4;

/** Writes an index cell: the length of a payload, its start, and the first overflow page, if any. Returns the offset after it. */
export function writeIndexCell(out: Buffer, at: number, payload: Uint8Array, sink: PageSink): number {
  const local = localBytes(payload.length, MAX_INDEX_LOCAL);
  const end = copyRange(out, writeVarint(out, at, payload.length), payload, 0, local);
  return local === payload.length ? end : out.writeUInt32BE(addOverflow(sink, payload, local, payload.length), end);
}
