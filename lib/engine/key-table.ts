import { randomInt } from "node:crypto";
import type { KeyBatch } from "./key-batch.ts";

/** A hash table of all keys of a table, in shared memory that all threads read. */
export interface KeyTable {
  /** UTF-8 of all keys, concatenated. */
  bytes: Uint8Array;
  /** The start of each key, and the end of the last. */
  starts: Uint32Array;
  /** Number of the key in each slot, plus one; 0 if the slot is free. The length is a power of two. */
  slots: Uint32Array;
  /** A random odd number, so that colliding keys cannot be crafted. It does not affect results. */
  factor: number;
}

/** The slot where the search for a key starts. */
function firstSlot({ slots, factor }: KeyTable, bytes: Uint8Array, start: number, end: number): number {
  let hash = Math.imul(end - start, factor);
  for (let i = start; i < end; i += 1) {
    hash = Math.imul(hash ^ (bytes[i] as number), factor);
    hash ^= hash >>> 15;
  }
  return hash & (slots.length - 1);
}

/** Creates a table from the keys of batches. A repeated key has the number of its first occurrence. */
export function createKeyTable(batches: readonly KeyBatch[]): KeyTable {
  const count = batches.reduce((sum, batch) => sum + batch.count, 0);
  const length = batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
  let capacity = 16;
  while (capacity < count * 2) capacity *= 2;
  const bytes = new Uint8Array(new SharedArrayBuffer(length));
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (count + 1)));
  const slots = new Uint32Array(new SharedArrayBuffer(4 * capacity));
  const table: KeyTable = { bytes, starts, slots, factor: randomInt(2 ** 31) * 2 + 1 };
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

function addKey(table: KeyTable, number: number): void {
  const { bytes, starts, slots } = table;
  const slot = findSlot(table, bytes, starts[number] as number, starts[number + 1] as number);
  if (slots[slot] === 0) slots[slot] = number + 1;
}

/** The slot of a key, or the free slot for it. */
function findSlot(table: KeyTable, of: Uint8Array, start: number, end: number): number {
  const { bytes, starts, slots } = table;
  const mask = slots.length - 1;
  let slot = firstSlot(table, of, start, end);
  for (;;) {
    const found = slots[slot] as number;
    if (found === 0) return slot;
    const from = starts[found - 1] as number;
    if ((starts[found] as number) - from === end - start && isEqual(bytes, from, of, start, end)) return slot;
    slot = (slot + 1) & mask;
  }
}

// biome-ignore lint/complexity/useMaxParams: hot path: ranges of bytes, without an object for each
function isEqual(bytes: Uint8Array, from: number, of: Uint8Array, start: number, end: number): boolean {
  for (let i = start, k = from; i < end; i += 1, k += 1) if (of[i] !== bytes[k]) return false;
  return true;
}

/** The number of a key, given as bytes; -1 if there is none. */
export const findInKeyTable = (table: KeyTable, bytes: Uint8Array, start: number, end: number): number =>
  (table.slots[findSlot(table, bytes, start, end)] as number) - 1;

/** The keys in the order of their records. */
export const keysInTable = ({ bytes, starts }: KeyTable): string[] =>
  Array.from({ length: starts.length - 1 }, (_, number) =>
    Buffer.from(bytes.buffer, starts[number] as number, (starts[number + 1] as number) - (starts[number] as number)).toString("utf8"),
  );
