// Caches the answers of JavaScript callbacks (askers) for values, such as the label of a reference, because values repeat.

import { areSameBytes, copyBytes } from "./bytes";
import { forgetTapeAnswers, setTapeAnswers, STRING, tapeAnswers, tapeEnd, tapeKind, tapeStart } from "./tape";

/** For each value, its hash, its address (with a length prefix), and its first answer. */
const SLOT_BYTES: usize = 16;
const COUNT_BYTES: usize = 4;
/** Header of an answer: its asker, and the next answer for the same value. */
const ANSWER_HEAD: usize = 8;

let slots: usize = 0;
let mask: u32 = 0;
let seed: u64 = 0;
let texts: usize = 0;
let textBytes: usize = 0;
let used: usize = 0;
let count: u32 = 0;
let hasDropped: bool = false;

/** Asks for the value of an entry. Returns the address of the answer, with a length prefix, which is -1 for no answer. */
// @ts-ignore: decorator
@external("host", "ask")
declare function ask(asker: u32, entry: u32): usize;

/** The answer for the value of an entry, without the cache. Valid until the next call. */
export function uncachedAnswer(asker: u32, entry: u32): usize {
  return ask(asker, entry);
}

/** Sets the memory: zeroed slots, whose number is a power of two, and space for values and answers. */
export function openAnswerCache(slotsAt: usize, size: u32, textsAt: usize, bytes: usize, factor: u32): void {
  slots = slotsAt;
  mask = size - 1;
  texts = textsAt;
  textBytes = bytes;
  seed = <u64>factor * 0x9e3779b97f4a7c15;
  forgetTapeAnswers();
  used = 0;
  count = 0;
}

/** Whether answers were dropped for lack of space since the last call. */
export function takeDroppedAnswers(): bool {
  const dropped = hasDropped;
  hasDropped = false;
  return dropped;
}

function clear(): void {
  memory.fill(slots, 0, <usize>(mask + 1) * SLOT_BYTES);
  forgetTapeAnswers();
  used = 0;
  count = 0;
  hasDropped = true;
}

/** Reserves aligned space; 0 if there is none. */
function reserve(bytes: usize): usize {
  if (used + bytes > textBytes) return 0;
  const at = texts + used;
  used += (bytes + 3) & ~3;
  return at;
}

/** Writes bytes with a length prefix. */
function writeText(at: usize, from: usize, length: i32): void {
  store<i32>(at, length);
  if (length > 0) copyBytes(at + COUNT_BYTES, from, length);
}

/** Reads up to seven bytes after the text, but ignores them. */
function hashOf(from: usize, length: u32): u32 {
  let hash = <u64>length * seed;
  let i: u32 = 0;
  for (; i + 8 <= length; i += 8) {
    hash = (hash ^ load<u64>(from + i)) * seed;
    hash ^= hash >> 32;
  }
  if (i < length) hash = (hash ^ (load<u64>(from + i) & ((<u64>1 << (<u64>(length - i) << 3)) - 1))) * seed;
  return <u32>(hash >> 32);
}

/** The slot for the value of an entry; 0 if the value cannot be cached now. */
function findValue(entry: u32): usize {
  // The quotes distinguish "2020" from 2020.
  const around: usize = tapeKind(entry) == STRING ? 1 : 0;
  const from = tapeStart(entry) - around;
  const length = <u32>(tapeEnd(entry) + around - from);
  const hash = hashOf(from, length);
  let slot = hash & mask;
  while (true) {
    const address = slots + <usize>slot * SLOT_BYTES;
    const value: usize = load<u32>(address, 4);
    if (value == 0) return addValue(address, hash, from, length);
    if (load<u32>(address) == hash && load<u32>(value) == length) {
      if (areSameBytes(value + COUNT_BYTES, from, length)) return address;
    }
    slot = (slot + 1) & mask;
  }
}

function addValue(slot: usize, hash: u32, from: usize, length: u32): usize {
  const value = count > mask >>> 1 ? 0 : reserve(<usize>length + COUNT_BYTES);
  if (value == 0) {
    if (<usize>length + COUNT_BYTES <= textBytes) clear();
    return 0;
  }
  count += 1;
  writeText(value, from, <i32>length);
  store<u32>(slot, hash);
  store<u32>(slot, <u32>value, 4);
  store<u32>(slot, 0, 8);
  return slot;
}

/** The answer for the value of an entry, in the form of `ask`. Valid until the next call. */
export function cachedAnswer(asker: u32, entry: u32): usize {
  let slot = tapeAnswers(entry);
  if (slot == 0) {
    slot = findValue(entry);
    if (slot == 0) return ask(asker, entry);
    setTapeAnswers(entry, slot);
  }
  for (let answer: usize = load<u32>(slot, 8); answer != 0; answer = load<u32>(answer, 4))
    if (load<u32>(answer) == asker) return answer + ANSWER_HEAD;
  return cacheAnswer(slot, asker, entry);
}

function cacheAnswer(slot: usize, asker: u32, entry: u32): usize {
  const answer = ask(asker, entry);
  const length = load<i32>(answer);
  const bytes = ANSWER_HEAD + COUNT_BYTES + <usize>max(0, length);
  const kept = reserve(bytes);
  if (kept == 0) {
    if (bytes <= textBytes) clear();
    return answer;
  }
  store<u32>(kept, asker);
  store<u32>(kept, load<u32>(slot, 8), 4);
  writeText(kept + ANSWER_HEAD, answer + COUNT_BYTES, length);
  store<u32>(slot, <u32>kept, 8);
  return kept + ANSWER_HEAD;
}
