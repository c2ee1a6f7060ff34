import type { ColumnValues } from "./column-values.ts";

/** A dictionary is worth its page only where it makes the column smaller: at most three quarters of it. */
const WORTH = 0.75;
/** After so many values, and each time as many more, it is dropped where it is not. */
const TRIAL = 4096;
/** Readers hold a dictionary in memory for a whole row group. */
const MAX_BYTES = 1 << 20;

export interface Dictionary {
  /** The first value of each entry. */
  entries: number[];
  /** The entry of each value. */
  indexes: Uint32Array;
}

/** FNV-1a, of four bytes at once where there are so many. What is published does not depend on it. */
function hashOf({ bytes, view }: ColumnValues, from: number, to: number): number {
  let hash = 0x811c9dc5;
  let i = from;
  for (; i + 4 <= to; i += 4) hash = Math.imul(hash ^ view.getInt32(i, true), 0x01000193) ^ (hash >>> 15);
  for (; i < to; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}

function isSame(bytes: Buffer, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i += 1) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

/** The dictionary of a column chunk, entries in the order in which they occur; undefined where it is not worth it. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: a hash table with open addressing
export function dictionaryOf(values: ColumnValues): Dictionary | undefined {
  const { bytes, count } = values;
  const plainBytes = values.start(count);
  const mask = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * count))) - 1;
  /** Entry + 1 by hash, in open addressing. */
  const table = new Uint32Array(mask + 1);
  const indexes = new Uint32Array(count);
  const entries: number[] = [];
  let entryBytes = 0;
  for (let i = 0; i < count; i += 1) {
    const from = values.start(i);
    const length = values.start(i + 1) - from;
    let slot = hashOf(values, from, from + length) & mask;
    for (;;) {
      const entry = table[slot] as number;
      if (entry === 0) {
        table[slot] = entries.push(i);
        entryBytes += length;
        indexes[i] = entries.length - 1;
        break;
      }
      const first = entries[entry - 1] as number;
      const start = values.start(first);
      if (values.start(first + 1) - start === length && isSame(bytes, start, from, length)) {
        indexes[i] = entry - 1;
        break;
      }
      slot = (slot + 1) & mask;
    }
    if (entryBytes > MAX_BYTES || ((i + 1) % TRIAL === 0 && entryBytes > WORTH * (from + length))) return undefined;
  }
  return entryBytes <= WORTH * plainBytes && count > 0 ? { entries, indexes } : undefined;
}
