// Values of records by column: the levels and values of the leaves of a Parquet file (parquet-format, README.md, Nested Encoding).

import { cachedAnswer } from "./answer-cache";
import { copyBytes } from "./bytes";
import { plainDay, plainDaysSinceEpoch } from "./plain-days";
import { appendSinkByte, appendSinkBytes, appendSinkLong, appendSinkWord, Sink, sinkEndWithRoom } from "./sink";
import { BACKSLASH, isTapeList, NULL, STRING, tapeEnd, tapeHolds, tapeKind, tapeNext, tapeStart, TRUE } from "./tape";
import { tapeDoubleValue, tapeIntegerValue, tapeItemValue } from "./tape-values";
import { unescapeLetter } from "./unescape-letter";

/** How values are written; equal to LEAF_WAYS in lib/engine/fast/parquet-bytes.ts. */
const TEXT: u32 = 0;
const JSON_TEXT: u32 = 1;
const WHOLE: u32 = 2;
const DECIMAL: u32 = 3;
const BOOLEAN: u32 = 4;
const FIRST_DAY: u32 = 6;
const LAST_DAY: u32 = 7;

@unmanaged
class Leaf {
  way: u32;
  /** Index of its column in the table of slots. */
  slot: u32;
  isList: u32;
  /** The definition level of an empty list. */
  empty: i32;
  maxDefinition: i32;
  /** Path of names from an item of a list to its value. */
  path: usize;
  pathLength: u32;
  asker: u32;
  repetitions: Sink;
  definitions: Sink;
  values: Sink;
  levels: u32;
  count: u32;
}

export function leafSinksSize(): u32 {
  return offsetof<Leaf>();
}

export function initLeafSinks(at: usize, way: u32, asker: u32, slot: u32, isList: u32, empty: i32, maxDefinition: i32, path: usize, pathLength: u32): void {
  const leaf = changetype<Leaf>(at);
  leaf.way = way;
  leaf.asker = asker;
  leaf.slot = slot;
  leaf.isList = isList;
  leaf.empty = empty;
  leaf.maxDefinition = maxDefinition;
  leaf.path = path;
  leaf.pathLength = pathLength;
}

/** Sets the three sinks of a leaf. */
export function setLeafSinks(at: usize, repetitions: usize, definitions: usize, values: usize): void {
  const leaf = changetype<Leaf>(at);
  leaf.repetitions = changetype<Sink>(repetitions);
  leaf.definitions = changetype<Sink>(definitions);
  leaf.values = changetype<Sink>(values);
}

export function clearLeafSinks(at: usize): void {
  const leaf = changetype<Leaf>(at);
  leaf.repetitions.length = 0;
  leaf.definitions.length = 0;
  leaf.values.length = 0;
  leaf.levels = 0;
  leaf.count = 0;
}

export function leafSinkLevels(at: usize): u32 {
  return changetype<Leaf>(at).levels;
}

export function leafSinkCount(at: usize): u32 {
  return changetype<Leaf>(at).count;
}

/** Counts levels and values that were written to the sinks directly. */
export function addLeafSinkCounts(at: usize, levels: u32, count: u32): void {
  changetype<Leaf>(at).levels += levels;
  changetype<Leaf>(at).count += count;
}

/** Adds the record on the tape to leaves, and its size to `sizes`. Returns 0, or the number (from 1) of a leaf without a required value. */
export function addToLeafSinks(leaves: usize, size: u32, slots: usize, sizes: usize): u32 {
  let before: u32 = 0;
  let after: u32 = 0;
  for (let i: u32 = 0; i < size; i += 1) {
    const leaf = changetype<Leaf>(leaves + <usize>i * offsetof<Leaf>());
    before += leaf.values.length + leaf.levels;
    if (!addToLeaf(leaf, load<u32>(slots + (leaf.slot << 2)))) return i + 1;
    after += leaf.values.length + leaf.levels;
  }
  appendSinkWord(changetype<Sink>(sizes), after - before);
  return 0;
}

function addToLeaf(leaf: Leaf, entry: u32): bool {
  if (!leaf.isList) {
    if (entry == 0 || tapeKind(entry) == NULL) return addNothing(leaf, 0, leaf.maxDefinition - 1);
    return addValue(leaf, entry, 0, leaf.maxDefinition - 1);
  }
  if (entry == 0 || !isTapeList(entry)) return addNothing(leaf, 0, leaf.empty - 1);
  const end = tapeNext(entry);
  if (end == entry + 1) return addNothing(leaf, 0, leaf.empty);
  for (let item = entry + 1; item < end; item = tapeNext(item)) {
    const value = tapeItemValue(item, leaf.path, leaf.pathLength);
    const repetition: u32 = item == entry + 1 ? 0 : 1;
    if (!(value < 0 ? addNothing(leaf, repetition, leaf.empty + 1) : addValue(leaf, value, repetition, leaf.empty + 1))) return false;
  }
  return true;
}

function addNothing(leaf: Leaf, repetition: u32, definition: i32): bool {
  if (definition < 0 || definition >= leaf.maxDefinition) return false;
  leaf.levels += 1;
  if (leaf.isList) appendSinkByte(leaf.repetitions, repetition);
  appendSinkByte(leaf.definitions, definition);
  return true;
}

function begin(leaf: Leaf, repetition: u32): void {
  leaf.levels += 1;
  leaf.count += 1;
  if (leaf.isList) appendSinkByte(leaf.repetitions, repetition);
  if (leaf.maxDefinition > 0) appendSinkByte(leaf.definitions, leaf.maxDefinition);
}

function addValue(leaf: Leaf, entry: u32, repetition: u32, without: i32): bool {
  const way = leaf.way;
  if (way <= JSON_TEXT) {
    begin(leaf, repetition);
    if (way == TEXT && (tapeHolds(entry) & BACKSLASH) != 0) appendUnescaped(leaf.values, tapeStart(entry), tapeEnd(entry));
    else {
      const around: usize = way == JSON_TEXT && tapeKind(entry) == STRING ? 1 : 0;
      const from = tapeStart(entry) - around;
      const length = <u32>(tapeEnd(entry) + around - from);
      const to = sinkEndWithRoom(leaf.values, 4 + length);
      store<u32>(to, length);
      copyBytes(to + 4, from, length);
      leaf.values.length += 4 + length;
    }
    return true;
  }
  if (way == WHOLE) {
    begin(leaf, repetition);
    appendSinkLong(leaf.values, tapeIntegerValue(entry));
    return true;
  }
  if (way == DECIMAL) {
    begin(leaf, repetition);
    appendSinkLong(leaf.values, reinterpret<u64>(tapeDoubleValue(entry)));
    return true;
  }
  if (way == BOOLEAN) {
    begin(leaf, repetition);
    appendSinkByte(leaf.values, tapeKind(entry) == TRUE ? 1 : 0);
    return true;
  }
  const day: u32 = way == FIRST_DAY || way == LAST_DAY ? plainDay(entry, way == LAST_DAY) : 0;
  if (day != 0) {
    begin(leaf, repetition);
    appendSinkWord(leaf.values, <u32>plainDaysSinceEpoch(day));
    return true;
  }
  const answer = cachedAnswer(leaf.asker, entry);
  const length = load<i32>(answer);
  if (length < 0) return addNothing(leaf, repetition, without);
  begin(leaf, repetition);
  appendSinkBytes(leaf.values, answer + 4, length);
  return true;
}

function appendUnescaped(sink: Sink, from: usize, end: usize): void {
  const start = sinkEndWithRoom(sink, 4 + <u32>(end - from));
  let to = start + 4;
  for (let at = from; at < end; at += 1) {
    let c: u32 = load<u8>(at);
    if (c == 0x5c) {
      at += 1;
      c = unescapeLetter(load<u8>(at));
    }
    store<u8>(to++, c);
  }
  store<u32>(start, <u32>(to - start) - 4);
  sink.length += <u32>(to - start);
}
