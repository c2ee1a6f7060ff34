// Proves the values of a record of a known form valid. Without a proof, lib/engine/fast/prover.ts decides.

import { areSameBytes } from "./bytes";
import { BACKSLASH, tapeEnd, tapeHolds, tapeStart } from "./tape";
import { tapeDoubleValue } from "./tape-values";

/** Kinds of steps; equal to DEMANDS in lib/engine/fast/form-proofs.ts. */
const ONE_OF: u32 = 0;
const PATTERN: u32 = 1;
const DAY: u32 = 2;
const LENGTH: u32 = 3;

const STEP_BYTES: usize = 16;
/** Binary logarithm of the number of bytes, for each of which a pattern has a next state. */
const BYTE_BITS: u32 = 8;

/** Whether all steps hold. A step consists of its kind, an entry, and two arguments. */
export function proveSteps(steps: usize, count: u32): bool {
  for (let i: u32 = 0; i < count; i += 1) {
    const step = steps + <usize>i * STEP_BYTES;
    if (!proveStep(load<u32>(step), load<u32>(step, 4), load<u32>(step, 8), load<u32>(step, 12))) return false;
  }
  return true;
}

function proveStep(demand: u32, entry: u32, first: u32, second: u32): bool {
  const start = tapeStart(entry);
  const end = tapeEnd(entry);
  if (demand == ONE_OF) return isOneOf(start, end, first, second);
  if (demand == PATTERN) return (tapeHolds(entry) & BACKSLASH) == 0 && matches(start, end, first, second);
  if (demand == DAY) return isPlainDay(start, end, first != 0);
  if (demand == LENGTH) return isLongEnough(start, end, first, second);
  return isWithin(tapeDoubleValue(entry), first);
}

/** Whether a text equals one of several texts with length prefixes. */
function isOneOf(start: usize, end: usize, texts: usize, count: u32): bool {
  const length = <u32>(end - start);
  let text = texts;
  for (let i: u32 = 0; i < count; i += 1) {
    const size = load<u32>(text);
    if (size == length && areSameBytes(start, text + 4, length)) return true;
    text += 4 + <usize>size;
  }
  return false;
}

/** Runs a pattern on the bytes of a text. */
function matches(start: usize, end: usize, next: usize, accepts: usize): bool {
  let state: u32 = 0;
  for (let at = start; at < end; at += 1) state = load<u8>(next + <usize>((state << BYTE_BITS) | load<u8>(at)));
  return load<u8>(accepts + <usize>state) == 1;
}

// @ts-ignore: decorator
@inline
function digitAt(at: usize): u32 {
  return <u32>load<u8>(at) - 0x30;
}

/** Whether a text is a date that is valid in every month: at most the 28th. */
export function isPlainDay(start: usize, end: usize, isEdtf: bool): bool {
  const size = end - start;
  if (!(size == 10 || (isEdtf && (size == 4 || size == 7)))) return false;
  for (let at = start; at < start + 4; at += 1) if (digitAt(at) > 9) return false;
  return (size == 4 || isPart(start + 4, 12)) && (size < 10 || isPart(start + 7, 28));
}

/** Whether `-` and a two-digit number from 1 to `most` are at an address. */
function isPart(at: usize, most: u32): bool {
  const tens = digitAt(at + 1);
  const ones = digitAt(at + 2);
  return load<u8>(at) == 0x2d && tens <= 9 && ones <= 9 && tens * 10 + ones >= 1 && tens * 10 + ones <= most;
}

/** Checks the length in characters, which are counted only if the number of bytes does not decide. */
function isLongEnough(start: usize, end: usize, least: u32, most: u32): bool {
  const size = <u32>(end - start);
  if (size < least) return false;
  // A character has at most four bytes, an escape for one character two.
  if (size >>> 2 >= least && size <= most) return true;
  let length: u32 = 0;
  for (let at = start; at < end; at += 1) {
    if (load<u8>(at) == 0x5c) at += 1;
    if ((load<u8>(at) & 0xc0) != 0x80) length += 1;
  }
  return length >= least && length <= most;
}

/** Whether a number is within `bounds`: inclusive minimum and maximum, exclusive minimum and maximum. */
function isWithin(value: f64, bounds: usize): bool {
  return value >= load<f64>(bounds) && value <= load<f64>(bounds, 8) && value > load<f64>(bounds, 16) && value < load<f64>(bounds, 24);
}
