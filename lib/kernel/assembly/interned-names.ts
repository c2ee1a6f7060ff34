// The names of properties by their numbers, which lib/engine/fast/property-names.ts assigns.

import { areSameBytes } from "./bytes";
import { NO_NAME } from "./tape";

/** A name, the names that last followed it and came first in its value, and the object in which it was last seen. */
@unmanaged
class Name {
  text: usize;
  length: u32;
  isRefused: u32;
  follower: i32;
  first: i32;
  seenIn: u32;
}

let table: usize = 0;
let slots: usize = 0;
let mask: u32 = 0;
let seed: u32 = 0;
let firstOfRecord: i32 = NO_NAME;
/** Number of the current object. */
let object: u32 = 0;

/** Size of a name in the table. */
export function internedNameSize(): u32 {
  return offsetof<Name>();
}

/** Sets the memory: the table of names, and zeroed slots, whose number is a power of two. Removes all names. */
export function openInternedNames(tableAt: usize, slotsAt: usize, count: u32, factor: u32): void {
  table = tableAt;
  slots = slotsAt;
  mask = count - 1;
  seed = factor;
  firstOfRecord = NO_NAME;
}

// @ts-ignore: decorator
@inline
function nameOf(number: i32): Name {
  return changetype<Name>(table + <usize>number * offsetof<Name>());
}

function hashOf(text: usize, length: u32): u32 {
  let hash = length * seed;
  for (let i: u32 = 0; i < length; i += 1) {
    hash = (hash ^ load<u8>(text + i)) * seed;
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Adds a name under a number. */
export function addInternedName(number: i32, text: usize, length: u32, isRefused: u32): void {
  const name = nameOf(number);
  name.text = text;
  name.length = length;
  name.isRefused = isRefused;
  name.follower = NO_NAME;
  name.first = NO_NAME;
  name.seenIn = 0;
  let slot = hashOf(text, length) & mask;
  while (load<u32>(slots + (slot << 2)) != 0) slot = (slot + 1) & mask;
  store<u32>(slots + (slot << 2), <u32>number + 1);
}

/** The number of a name, or NO_NAME. */
export function findInternedName(text: usize, length: u32): i32 {
  let slot = hashOf(text, length) & mask;
  while (true) {
    const found = load<u32>(slots + (slot << 2));
    if (found == 0) return NO_NAME;
    const name = nameOf(<i32>found - 1);
    if (name.length == length && areSameBytes(name.text, text, length)) return <i32>found - 1;
    slot = (slot + 1) & mask;
  }
}

// @ts-ignore: decorator
@inline
export function isInternedNameRefused(number: i32): bool {
  return nameOf(number).isRefused != 0;
}

/** The name that last followed `before`, or was last first in the value of `inside`. */
// @ts-ignore: decorator
@inline
export function expectedInternedName(before: i32, inside: i32): i32 {
  if (before != NO_NAME) return nameOf(before).follower;
  return inside == NO_NAME ? firstOfRecord : nameOf(inside).first;
}

export function expectInternedName(number: i32, before: i32, inside: i32): void {
  if (before != NO_NAME) nameOf(before).follower = number;
  else if (inside == NO_NAME) firstOfRecord = number;
  else nameOf(inside).first = number;
}

/** If the name is at an address and ends before `limit`, the address after its closing quote; otherwise 0. */
// @ts-ignore: decorator
@inline
export function afterInternedName(number: i32, at: usize, limit: usize): usize {
  const name = nameOf(number);
  const end = at + name.length;
  return end < limit && load<u8>(end) == 0x22 && areSameBytes(at, name.text, name.length) ? end + 1 : 0;
}

/** Starts the names of another object. */
export function nextInternedNameObject(): void {
  object += 1;
}

/** Whether a name was already seen in the current object. */
export function isInternedNameRepeated(number: i32): bool {
  const name = nameOf(number);
  if (name.seenIn == object) return true;
  name.seenIn = object;
  return false;
}
