// Keys, labels and references of records.

import { appendSinkByte, appendSinkBytes, appendSinkWord, Sink } from "./sink";
import { BACKSLASH, FALSE, FRACTION, INTEGER, STRING, tapeEnd, tapeHolds, tapeKind, tapeStart, TRUE } from "./tape";
import { addTapeReferences } from "./tape-references";

const KEY_KINDS: u32 = STRING | INTEGER | FRACTION | TRUE | FALSE;

/** Indexes of the key's columns in the table of slots. */
let columns: usize = 0;
let columnCount: u32 = 0;
let mayLookOtherwise: bool = false;
/** The keys so far, in the form that lib/engine/fast/kernel-keys.ts reads. */
let bytes: usize = 0;
let ends: usize = 0;
let fingerprints: usize = 0;
/** For each key that looks otherwise, its number and the fingerprint of its look. */
let looks: usize = 0;

/** Index of the label's column in the table of slots; -1 without labels. */
let labelSlot: i32 = -1;
/** For each label, the number of its key, its start and its end. */
let labels: usize = 0;

/** Sets how keys are collected. */
export function openTapeKeys(columnsAt: usize, count: u32, bytesAt: usize, endsAt: usize, fingerprintsAt: usize): void {
  columns = columnsAt;
  columnCount = count;
  bytes = bytesAt;
  ends = endsAt;
  fingerprints = fingerprintsAt;
}

/** Sets that different keys may look alike, and the sink for their looks. */
export function setTapeKeyLooks(looksAt: usize): void {
  mayLookOtherwise = true;
  looks = looksAt;
}

/** Sets how labels are collected. */
export function setTapeKeyLabels(slot: i32, labelsAt: usize): void {
  labelSlot = slot;
  labels = labelsAt;
}

/** Adds key, label and references of the record on the tape. If JavaScript must handle the key, adds nothing and returns false. */
export function addTapeKey(slots: usize): bool {
  for (let i: u32 = 0; i < columnCount; i += 1) if (!isKnownPart(partAt(slots, i))) return false;
  const out = changetype<Sink>(bytes);
  const start = out.length;
  if (columnCount == 1) appendText(out, partAt(slots, 0), 0);
  else appendParts(out, slots);
  appendSinkWord(changetype<Sink>(ends), out.length);
  const from = out.address + start;
  const to = out.address + out.length;
  appendFingerprint(from, to, changetype<Sink>(fingerprints), false);
  if (mayLookOtherwise && hasCapital(from, to)) {
    appendSinkWord(changetype<Sink>(looks), (changetype<Sink>(ends).length >>> 2) - 1);
    appendFingerprint(from, to, changetype<Sink>(looks), true);
  }
  addBesideTapeKey(slots);
  return true;
}

/** The entry of a column of the key. */
// @ts-ignore: decorator
@inline
function partAt(slots: usize, column: u32): u32 {
  return load<u32>(slots + (load<u32>(columns + (<usize>column << 2)) << 2));
}

/** Whether a value of the key can be copied, and its look is known. */
function isKnownPart(entry: u32): bool {
  if (entry == 0 || (tapeKind(entry) & KEY_KINDS) == 0 || (tapeHolds(entry) & BACKSLASH) != 0) return false;
  return !mayLookOtherwise || isPlain(tapeStart(entry), tapeEnd(entry));
}

/** Appends the text of an entry, with the bytes around it. */
// @ts-ignore: decorator
@inline
function appendText(out: Sink, entry: u32, around: usize): void {
  const from = tapeStart(entry) - around;
  appendSinkBytes(out, from, <u32>(tapeEnd(entry) + around - from));
}

/** Appends the values of a key of several columns as a list. */
function appendParts(out: Sink, slots: usize): void {
  for (let i: u32 = 0; i < columnCount; i += 1) {
    const entry = partAt(slots, i);
    appendSinkByte(out, i == 0 ? 0x5b : 0x2c);
    appendText(out, entry, tapeKind(entry) == STRING ? 1 : 0);
  }
  appendSinkByte(out, 0x5d);
}

/** Adds the label of the last key, and the references of its record. */
export function addBesideTapeKey(slots: usize): void {
  if (labelSlot >= 0) {
    const label = load<u32>(slots + (<usize>labelSlot << 2));
    if (label > 0 && tapeKind(label) == STRING) {
      const out = changetype<Sink>(labels);
      appendSinkWord(out, (changetype<Sink>(ends).length >>> 2) - 1);
      appendSinkWord(out, <u32>tapeStart(label));
      appendSinkWord(out, <u32>tapeEnd(label));
    }
  }
  addTapeReferences(slots);
}

/** Mixes all bits of a number into each other (MurmurHash3, fmix32). */
function mix(value: u32): u32 {
  let h = value;
  h = (h ^ (h >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

/** Equivalent to `writeFingerprint` of lib/engine, optionally with capitals as small letters. */
function appendFingerprint(from: usize, to: usize, out: Sink, isFolded: bool): void {
  let a: u32 = 0x9e3779b9 ^ <u32>(to - from);
  let b: u32 = 0x51ed270b;
  for (let at = from; at < to; at += 1) {
    const byte: u32 = load<u8>(at);
    const c = isFolded && byte - 0x41 < 26 ? byte | 0x20 : byte;
    a = (a ^ c) * 0x01000193;
    b = (b ^ c) * 0x5bd1e995;
    b ^= b >>> 15;
  }
  appendSinkWord(out, mix(a));
  appendSinkWord(out, mix(b ^ (a >>> 7)));
}

/** Whether a value of a key is visible, and certainly looks as it is written, except that capitals look like small letters. */
function isPlain(from: usize, to: usize): bool {
  for (let at = from; at < to; at += 1) {
    const c: u32 = load<u8>(at);
    if (c < 0x20 || c >= 0x7f || c == 0x60) return false;
    // A space between others is visible.
    if (c == 0x20 && (at == from || at + 1 == to || load<u8>(at, 1) == 0x20)) return false;
  }
  return to > from;
}

/** Whether ASCII text has a capital letter. Up to 15 bytes after it are read, but ignored. */
function hasCapital(from: usize, to: usize): bool {
  for (let at = from; at < to; at += 16) {
    const offsets = i8x16.sub(v128.load(at), i8x16.splat(0x41));
    const capitals = i8x16.bitmask(i8x16.lt_u(offsets, i8x16.splat(26)));
    const length = to - at;
    if ((length < 16 ? capitals & ((1 << <i32>length) - 1) : capitals) != 0) return true;
  }
  return false;
}
