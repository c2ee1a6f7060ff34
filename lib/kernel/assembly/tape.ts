// The current record as a table of its values; described in lib/engine/fast/record-tape.ts.

export const STRING: u32 = 1;
export const INTEGER: u32 = 2;
export const FRACTION: u32 = 4;
export const OBJECT: u32 = 8;
export const LIST: u32 = 16;
export const TRUE: u32 = 32;
export const FALSE: u32 = 64;
export const NULL: u32 = 128;

/** Flags of strings. */
export const QUOTABLE: u32 = 1;
export const SEMICOLON: u32 = 2;
export const BACKSLASH: u32 = 4;
export const UNUSUAL: u32 = 8;

/** For the record, and for items of lists. */
export const NO_NAME: i32 = -1;

let capacity: u32 = 0;
let kinds: usize = 0;
let holds: usize = 0;
let names: usize = 0;
let starts: usize = 0;
let ends: usize = 0;
let nexts: usize = 0;
/** Address of the cache slot of each value (answer-cache.ts); 0 if it was not looked up. */
let values: usize = 0;

export let size: u32 = 0;

/** Sets the addresses of the columns of the tape, and their capacity in entries. */
export function openTape(
  entries: u32,
  kindsAt: usize,
  holdsAt: usize,
  namesAt: usize,
  startsAt: usize,
  endsAt: usize,
  nextsAt: usize,
  valuesAt: usize,
): void {
  capacity = entries;
  kinds = kindsAt;
  holds = holdsAt;
  names = namesAt;
  starts = startsAt;
  ends = endsAt;
  nexts = nextsAt;
  values = valuesAt;
  size = 0;
}

export function clearTape(): void {
  size = 0;
}

// @ts-ignore: decorator
@inline
export function isTapeFull(): bool {
  return size == capacity;
}

// @ts-ignore: decorator
@inline
export function tapeKind(entry: u32): u32 {
  return load<u8>(kinds + entry);
}

// @ts-ignore: decorator
@inline
export function isTapeList(entry: u32): bool {
  return tapeKind(entry) == LIST;
}

// @ts-ignore: decorator
@inline
export function tapeHolds(entry: u32): u32 {
  return load<u8>(holds + entry);
}

// @ts-ignore: decorator
@inline
export function tapeName(entry: u32): i32 {
  return load<i32>(names + (entry << 2));
}

// @ts-ignore: decorator
@inline
export function tapeStart(entry: u32): usize {
  return load<u32>(starts + (entry << 2));
}

// @ts-ignore: decorator
@inline
export function tapeEnd(entry: u32): usize {
  return load<u32>(ends + (entry << 2));
}

// @ts-ignore: decorator
@inline
export function tapeNext(entry: u32): u32 {
  return load<u32>(nexts + (entry << 2));
}

// @ts-ignore: decorator
@inline
export function tapeAnswers(entry: u32): usize {
  return load<u32>(values + (entry << 2));
}

// @ts-ignore: decorator
@inline
export function setTapeAnswers(entry: u32, address: usize): void {
  store<u32>(values + (entry << 2), <u32>address);
}

/** Forgets the cache slots of all values. */
export function forgetTapeAnswers(): void {
  memory.fill(values, 0, <usize>size << 2);
}

// @ts-ignore: decorator
@inline
export function addTapeEntry(kind: u32, name: i32, start: usize): u32 {
  const entry = size;
  store<u8>(kinds + entry, kind);
  store<u8>(holds + entry, 0);
  store<i32>(names + (entry << 2), name);
  store<u32>(starts + (entry << 2), <u32>start);
  store<u32>(values + (entry << 2), 0);
  size = entry + 1;
  return entry;
}

// @ts-ignore: decorator
@inline
export function setTapeHolds(entry: u32, held: u32): void {
  store<u8>(holds + entry, held);
}

// @ts-ignore: decorator
@inline
export function closeTapeEntry(entry: u32, end: usize): void {
  store<u32>(ends + (entry << 2), <u32>end);
  store<u32>(nexts + (entry << 2), size);
}

/** Moves all entries, because their text was copied to another address. */
export function moveTapeEntries(distance: usize): void {
  for (let at: usize = 0; at < size << 2; at += 4) {
    store<u32>(starts + at, load<u32>(starts + at) + <u32>distance);
    store<u32>(ends + at, load<u32>(ends + at) + <u32>distance);
  }
}

/** A hash of kinds, names and structure. */
export function hashTape(seed: u32): u32 {
  let hash = size * seed;
  for (let i: u32 = 0; i < size; i += 1) {
    hash = (hash ^ (tapeKind(i) | (<u32>tapeName(i) << 8) ^ (tapeNext(i) << 20))) * seed;
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Copies the form of the record, which takes nine bytes per entry. */
export function copyTapeForm(to: usize): void {
  memory.copy(to, names, size << 2);
  memory.copy(to + (size << 2), nexts, size << 2);
  memory.copy(to + (size << 3), kinds, size);
}

/** Whether the record has a form that `copyTapeForm` wrote. */
export function hasTapeForm(form: usize): bool {
  return isSame(form, names, size << 2) && isSame(form + (size << 2), nexts, size << 2) && isSame(form + (size << 3), kinds, size);
}

// @ts-ignore: decorator
@inline
function isSame(a: usize, b: usize, length: usize): bool {
  let i: usize = 0;
  for (; i + 8 <= length; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  for (; i < length; i += 1) if (load<u8>(a + i) != load<u8>(b + i)) return false;
  return true;
}

/** Number of entries of the record. */
export function tapeSize(): u32 {
  return size;
}
