import type { KeyBatch } from "./key-batch.ts";
import { writeFingerprint } from "./write-fingerprint.ts";

/** All keys of a table, found by their bytes. Plain data in shared memory: threads look into the same table. */
export interface KeyTable {
  /** UTF-8 of all keys, one after the other. */
  bytes: Uint8Array;
  /** Where each key starts, and where the last one ends. */
  starts: Uint32Array;
  /** Number of the key in each slot, plus one; 0 is a free slot. The length is a power of two. */
  slots: Uint32Array;
}

const words = new Uint32Array(2);
const slotOf = (bytes: Uint8Array, start: number, end: number, mask: number): number => {
  writeFingerprint(bytes, start, end, words, 0);
  return (words[0] as number) & mask;
};

/** Makes a table of the keys of some batches; a repeated key has the number of the first. */
export function createKeyTable(batches: readonly KeyBatch[]): KeyTable {
  const count = batches.reduce((sum, batch) => sum + batch.count, 0);
  const length = batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
  let capacity = 16;
  while (capacity < count * 2) capacity *= 2;
  const bytes = new Uint8Array(new SharedArrayBuffer(length));
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (count + 1)));
  const table: KeyTable = { bytes, starts, slots: new Uint32Array(new SharedArrayBuffer(4 * capacity)) };
  let number = 0;
  let offset = 0;
  for (const batch of batches) {
    bytes.set(batch.bytes, offset);
    for (let i = 0; i < batch.count; i += 1) {
      number += 1;
      starts[number] = offset + (batch.ends[i] as number);
      addKey(table, number - 1);
    }
    offset += batch.bytes.length;
  }
  return table;
}

function addKey({ bytes, starts, slots }: KeyTable, number: number): void {
  const [start, end] = [starts[number] as number, starts[number + 1] as number];
  const slot = findSlot({ bytes, starts, slots }, bytes, start, end);
  if (slots[slot] === 0) slots[slot] = number + 1;
}

/** The slot of a key, or the free one where it belongs. */
function findSlot({ bytes, starts, slots }: KeyTable, of: Uint8Array, start: number, end: number): number {
  const mask = slots.length - 1;
  let slot = slotOf(of, start, end, mask);
  for (;;) {
    const found = slots[slot] as number;
    if (found === 0) return slot;
    const from = starts[found - 1] as number;
    if ((starts[found] as number) - from === end - start && isEqual(bytes, from, of, start, end)) return slot;
    slot = (slot + 1) & mask;
  }
}

function isEqual(bytes: Uint8Array, from: number, of: Uint8Array, start: number, end: number): boolean {
  for (let i = start, k = from; i < end; i += 1, k += 1) if (of[i] !== bytes[k]) return false;
  return true;
}

/** The number of the key that stands in some bytes; -1: there is none. */
export const findKey = (table: KeyTable, bytes: Uint8Array, start: number, end: number): number =>
  (table.slots[findSlot(table, bytes, start, end)] as number) - 1;

/** The keys as texts, in the order of their records. */
export const keysInTable = ({ bytes, starts }: KeyTable): string[] =>
  Array.from({ length: starts.length - 1 }, (_, number) =>
    Buffer.from(bytes.buffer, starts[number] as number, (starts[number + 1] as number) - (starts[number] as number)).toString("utf8"),
  );
