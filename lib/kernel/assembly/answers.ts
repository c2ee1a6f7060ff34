// What is made of a value elsewhere, such as the label of a reference. Values repeat, so answers are remembered.

import { copyBytes, sameBytes } from "./bytes";
import { endAt, kindAt, startAt, STRING } from "./tape";

const SLOT_BYTES: usize = 16;
const COUNT_BYTES: usize = 4;

/** For each slot the hash, the asker, and where the value and its answer are: each with its length before it. */
let slots: usize = 0;
let mask: u32 = 0;
let seed: u32 = 0;
let texts: usize = 0;
let textBytes: usize = 0;
let used: usize = 0;
let count: u32 = 0;

/** Asks what an asker makes of the value of an entry; returns where it is: with its length before it, which is -1 for nothing. */
// @ts-ignore: decorator
@external("host", "ask")
declare function ask(asker: u32, entry: u32): usize;

/** What an asker makes of the value of an entry, which is not remembered; valid until the next call. */
export function askOnce(asker: u32, entry: u32): usize {
  return ask(asker, entry);
}

/** Takes slots that are 0, a power of two, and room for values and answers. */
export function openAnswers(slotsAt: usize, size: u32, textsAt: usize, bytes: usize, factor: u32): void {
  slots = slotsAt;
  mask = size - 1;
  texts = textsAt;
  textBytes = bytes;
  seed = factor;
}

function forget(): void {
  memory.fill(slots, 0, <usize>(mask + 1) * SLOT_BYTES);
  used = 0;
  count = 0;
}

/** Keeps some bytes with their length before them; returns where. */
function keep(from: usize, length: i32): usize {
  const at = texts + used;
  store<i32>(at, length);
  if (length > 0) copyBytes(at + COUNT_BYTES, from, length);
  used += COUNT_BYTES + max(0, length);
  return at;
}

function hashOf(asker: u32, from: usize, length: u32): u32 {
  let hash = (length ^ (asker << 16)) * seed;
  let i: u32 = 0;
  for (; i + 4 <= length; i += 4) {
    hash = (hash ^ load<u32>(from + i)) * seed;
    hash ^= hash >>> 15;
  }
  for (; i < length; i += 1) {
    hash = (hash ^ load<u8>(from + i)) * seed;
    hash ^= hash >>> 15;
  }
  return hash;
}

/** What an asker makes of the value of an entry, as `ask` returns it; valid until the next call. */
export function answerOf(asker: u32, entry: u32): usize {
  // The quotes tell "2020" from 2020.
  const around: usize = kindAt(entry) == STRING ? 1 : 0;
  const from = startAt(entry) - around;
  const length = <u32>(endAt(entry) + around - from);
  const hash = hashOf(asker, from, length);
  let slot = hash & mask;
  while (true) {
    const address = slots + <usize>slot * SLOT_BYTES;
    const value: usize = load<u32>(address, 8);
    if (value == 0) return learn(address, hash, asker, entry, from, length);
    if (load<u32>(address) == hash && load<u32>(address, 4) == asker && load<u32>(value) == length) {
      const text = value + COUNT_BYTES;
      if (sameBytes(text, from, text + length) == length) return load<u32>(address, 12);
    }
    slot = (slot + 1) & mask;
  }
}

function learn(slot: usize, hash: u32, asker: u32, entry: u32, from: usize, length: u32): usize {
  const answer = ask(asker, entry);
  const answerLength = load<i32>(answer);
  const bytes = <usize>length + <usize>max(0, answerLength) + 2 * COUNT_BYTES;
  if (bytes > textBytes) return answer;
  // The value of this one is asked for again.
  if (used + bytes > textBytes || count > mask >>> 1) {
    forget();
    return answer;
  }
  count += 1;
  store<u32>(slot, hash);
  store<u32>(slot, asker, 4);
  store<u32>(slot, <u32>keep(from, <i32>length), 8);
  const kept = keep(answer + COUNT_BYTES, answerLength);
  store<u32>(slot, <u32>kept, 12);
  return kept;
}
