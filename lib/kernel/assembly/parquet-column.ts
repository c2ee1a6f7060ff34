// One column of a row group: its levels, and its values in PLAIN (parquet-format, Encodings.md).

import { areSameBytes, compareBytes, copyBytes } from "./bytes";
import { writeRle } from "./rle";
import { xxhash64 } from "./xxhash64";

/** Equal to PHYSICAL in lib/formats/parquet/leaf.ts. */
const BOOLEAN: u32 = 0;
const INT32: u32 = 1;
const INT64: u32 = 2;
const DOUBLE: u32 = 5;
const BYTES: u32 = 6;

/** Maximum size of a dictionary, as a share of the values in PLAIN. Larger ones are dropped. */
const MAX_DICTIONARY_SHARE: f64 = 0.75;
/** Number of values after which the size of the dictionary is checked again. */
const CHECK_INTERVAL: u32 = 4096;
/** Readers keep a dictionary in memory for a whole row group. */
const MAX_DICTIONARY_BYTES: usize = 1 << 20;

let physical: u32 = 0;
let count: u32 = 0;
let values: usize = 0;
/** The start of each text, including its length, and the end of the last; 0 if all values have the same width. */
let starts: usize = 0;
let width: usize = 0;

/** The entry of each value, and the first value of each entry; 0 without a dictionary. */
let indexes: usize = 0;
let entries: usize = 0;
let indexWidth: u32 = 0;

let repetitions: usize = 0;
let definitions: usize = 0;
let levels: u32 = 0;
let maxRepetition: u32 = 0;
let maxDefinition: u32 = 0;

// @ts-ignore: decorator
@inline
function u32At(array: usize, i: u32): u32 {
  return load<u32>(array + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
function setU32(array: usize, i: u32, value: u32): void {
  store<u32>(array + (<usize>i << 2), value);
}

// @ts-ignore: decorator
@inline
function startOf(i: u32): usize {
  return values + (starts != 0 ? <usize>u32At(starts, i) : <usize>i * width);
}

// @ts-ignore: decorator
@inline
function bodyOf(i: u32): usize {
  return startOf(i) + (starts != 0 ? 4 : 0);
}

/** Sets the values of a column. `startsAt` needs space for one more number than there are values. */
export function openParquetColumn(type: u32, at: usize, size: u32, startsAt: usize): void {
  physical = type;
  values = at;
  count = size;
  indexes = 0;
  width = type == BOOLEAN ? 1 : type == INT32 ? 4 : 8;
  starts = type == BYTES ? startsAt : 0;
  if (starts == 0) return;
  let offset: u32 = 0;
  for (let i: u32 = 0; i < size; i += 1) {
    setU32(starts, i, offset);
    offset += 4 + load<u32>(at + <usize>offset);
  }
  setU32(starts, size, offset);
}

/** Sets the levels of a column. There are none if their maximum is 0. */
export function setParquetColumnLevels(repetitionsAt: usize, repetition: u32, definitionsAt: usize, definition: u32, size: u32): void {
  repetitions = repetitionsAt;
  maxRepetition = repetition;
  definitions = definitionsAt;
  maxDefinition = definition;
  levels = size;
}

/** The start of a value in PLAIN. */
export function parquetColumnValueStart(i: u32): usize {
  return startOf(i);
}

/** The start of a value without its length. */
export function parquetColumnValueBody(i: u32): usize {
  return bodyOf(i);
}

/** A hash of a value, which has at least four bytes. The last bytes affect only the high bits. Affects no output. */
function hashOf(from: usize, to: usize): u64 {
  let hash: u64 = 0xcbf29ce484222325 ^ <u64>(to - from);
  let last: u64 = 0;
  if (to - from < 8) last = <u64>load<u32>(from) | (<u64>load<u32>(to - 4) << 32);
  else {
    last = load<u64>(to - 8);
    for (let i = from; i + 8 < to; i += 8) {
      hash = (hash ^ load<u64>(i)) * 0x9e3779b97f4a7c15;
      hash ^= hash >> 32;
    }
  }
  return (hash ^ last) * 0x9e3779b97f4a7c15;
}

/**
 * Creates the dictionary of the column, with entries in order of appearance. Returns their number, or 0 if the dictionary is too large.
 * `table` must be zeroed, with a power of two of numbers, at least twice as many as there are values; the other arrays need space for each
 * value.
 */
export function makeParquetColumnDictionary(table: usize, slots: u32, indexesAt: usize, entriesAt: usize): u32 {
  const mask = slots - 1;
  const shift: u64 = 32 + clz(mask);
  let size: u32 = 0;
  let bytes: usize = 0;
  for (let i: u32 = 0; i < count; i += 1) {
    const from = startOf(i);
    const to = startOf(i + 1);
    const length = to - from;
    let slot = <u32>(hashOf(from, to) >> shift);
    for (;;) {
      const entry = u32At(table, slot);
      if (entry == 0) {
        setU32(entriesAt, size, i);
        size += 1;
        setU32(table, slot, size);
        bytes += length;
        setU32(indexesAt, i, size - 1);
        break;
      }
      const first = u32At(entriesAt, entry - 1);
      const start = startOf(first);
      if (startOf(first + 1) - start == length && areSameBytes(start, from, length)) {
        setU32(indexesAt, i, entry - 1);
        break;
      }
      slot = (slot + 1) & mask;
    }
    if (bytes > MAX_DICTIONARY_BYTES || ((i + 1) % CHECK_INTERVAL == 0 && <f64>bytes > MAX_DICTIONARY_SHARE * <f64>(to - values))) return 0;
  }
  if (count == 0 || <f64>bytes > MAX_DICTIONARY_SHARE * <f64>(startOf(count) - values)) return 0;
  indexes = indexesAt;
  entries = entriesAt;
  // Some readers do not support a width of 0.
  indexWidth = max<u32>(1, 32 - clz<u32>(size - 1));
  return size;
}

/** Writes the entries of the dictionary in PLAIN; returns the end. */
export function writeParquetColumnDictionary(size: u32, out: usize): usize {
  for (let i: u32 = 0; i < size; i += 1) {
    const value = u32At(entries, i);
    const length = startOf(value + 1) - startOf(value);
    copyBytes(out, startOf(value), length);
    out += length;
  }
  return out;
}

/** parquet-format, BloomFilter.md, Algorithm. */
const SALT = memory.data<u32>([0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31]);

/** Adds the `size` entries of the dictionary, or all values without a dictionary, to a split block Bloom filter. */
export function fillParquetColumnFilter(size: u32, blocks: usize, blockCount: u32): void {
  for (let n: u32 = 0; n < size; n += 1) {
    const i = indexes != 0 ? u32At(entries, n) : n;
    const hash = xxhash64(bodyOf(i), startOf(i + 1));
    const block = blocks + 32 * <usize>(((hash >> 32) * <u64>blockCount) >> 32);
    for (let word: usize = 0; word < 32; word += 4) {
      const bit = (<u32>hash * load<u32>(SALT + word)) >>> 27;
      store<u32>(block + word, load<u32>(block + word) | (1 << bit));
    }
  }
}

/** Negative if value `a` comes before value `b` (parquet.thrift, ColumnOrder, TypeDefinedOrder). */
function compare(a: u32, b: u32): i32 {
  const left = bodyOf(a);
  const right = bodyOf(b);
  if (physical == BYTES) return compareBytes(left, startOf(a + 1) - left, right, startOf(b + 1) - right);
  if (physical == DOUBLE) {
    const difference = load<f64>(left) - load<f64>(right);
    return difference < 0 ? -1 : difference > 0 ? 1 : 0;
  }
  if (physical == INT64) return load<i64>(left) < load<i64>(right) ? -1 : load<i64>(left) > load<i64>(right) ? 1 : 0;
  if (physical == INT32) return load<i32>(left) < load<i32>(right) ? -1 : load<i32>(left) > load<i32>(right) ? 1 : 0;
  return <i32>load<u8>(left) - <i32>load<u8>(right);
}

/** The first eight bytes of a text as a number, padded with zeros. Texts with different heads have the order of their heads. */
// @ts-ignore: decorator
@inline
function textHead(i: u32): u64 {
  const length = startOf(i + 1) - bodyOf(i);
  if (length == 0) return 0;
  const head = bswap<u64>(load<u64>(bodyOf(i)));
  return length < 8 ? head & ~(<u64>-1 >> (<u64>length << 3)) : head;
}

/** Like `findParquetColumnBounds`, for texts. */
function findTextBounds(from: u32, to: u32, seen: usize, page: u32, out: usize): void {
  let least = from;
  let greatest = from;
  let leastHead = textHead(from);
  let greatestHead = leastHead;
  for (let i = from + 1; i < to; i += 1) {
    if (isSeen(i, seen, page)) continue;
    const head = textHead(i);
    if (head < leastHead || (head == leastHead && compare(i, least) < 0)) {
      least = i;
      leastHead = head;
    } else if (head > greatestHead || (head == greatestHead && compare(i, greatest) > 0)) {
      greatest = i;
      greatestHead = head;
    }
  }
  setU32(out, 0, least);
  setU32(out, 1, greatest);
}

/** Whether the dictionary entry of a value was already seen in this page. */
// @ts-ignore: decorator
@inline
function isSeen(i: u32, seen: usize, page: u32): bool {
  if (indexes == 0) return false;
  const entry = u32At(indexes, i);
  if (u32At(seen, entry) == page) return true;
  setU32(seen, entry, page);
  return false;
}

/**
 * Writes the indexes of the least and greatest value of a range to `out`. Values with a dictionary entry are compared once per page: `seen`
 * has the page in which each entry was last seen.
 */
export function findParquetColumnBounds(from: u32, to: u32, seen: usize, page: u32, out: usize): void {
  if (physical == BYTES) {
    findTextBounds(from, to, seen, page, out);
    return;
  }
  let least = from;
  let greatest = from;
  for (let i = from + 1; i < to; i += 1) {
    if (isSeen(i, seen, page)) continue;
    if (compare(i, least) < 0) least = i;
    else if (compare(i, greatest) > 0) greatest = i;
  }
  setU32(out, 0, least);
  setU32(out, 1, greatest);
}

export function compareParquetColumnValues(a: u32, b: u32): i32 {
  return compare(a, b);
}

/** Writes the first level and value of each page to `out`, given the first record of each page. */
export function cutParquetColumnPages(firstRecords: usize, pages: u32, out: usize): void {
  let page: u32 = 0;
  let record: u32 = 0;
  let value: u32 = 0;
  for (let level: u32 = 0; level < levels; level += 1) {
    if (maxRepetition == 0 || load<u8>(repetitions + level) == 0) {
      if (page < pages && u32At(firstRecords, page) == record) {
        setU32(out, 2 * page, level);
        setU32(out, 2 * page + 1, value);
        page += 1;
      }
      record += 1;
    }
    if (maxDefinition == 0 || <u32>load<u8>(definitions + level) == maxDefinition) value += 1;
  }
}

/** Writes levels with a length prefix, as in a data page of version 1. */
function writeLevels(out: usize, array: usize, from: u32, to: u32, greatest: u32): usize {
  const end = writeRle<u8>(out + 4, array, from, to, 32 - clz<u32>(greatest));
  store<u32>(out, <u32>(end - out) - 4);
  return end;
}

/** Writes the content of a data page; returns the end. */
export function writeParquetColumnPage(out: usize, levelFrom: u32, levelTo: u32, from: u32, to: u32): usize {
  if (maxRepetition > 0) out = writeLevels(out, repetitions, levelFrom, levelTo, maxRepetition);
  if (maxDefinition > 0) out = writeLevels(out, definitions, levelFrom, levelTo, maxDefinition);
  if (indexes != 0) {
    store<u8>(out, indexWidth);
    return writeRle<u32>(out + 1, indexes, from, to, indexWidth);
  }
  if (physical == BOOLEAN) {
    for (let i = from; i < to; i += 8) {
      let byte: u32 = 0;
      for (let bit: u32 = 0; bit < 8 && i + bit < to; bit += 1) byte |= <u32>load<u8>(values + <usize>(i + bit)) << bit;
      store<u8>(out++, byte);
    }
    return out;
  }
  const length = startOf(to) - startOf(from);
  memory.copy(out, startOf(from), length);
  return out + length;
}
