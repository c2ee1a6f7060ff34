// Keys, labels and references of records.

import { appendSinkBytes, appendSinkWord, Sink } from "./sink";
import { BACKSLASH, FALSE, FRACTION, INTEGER, STRING, tapeEnd, tapeHolds, tapeKind, tapeStart, TRUE } from "./tape";
import { addTapeReferences } from "./tape-references";

const KEY_KINDS: u32 = STRING | INTEGER | FRACTION | TRUE | FALSE;

/** Index of the key's column in the table of slots; -1 if the key has several columns. */
let keySlot: i32 = -1;
let mayLookOtherwise: bool = false;
/** The keys so far, in the form that lib/engine/fast/kernel-keys.ts reads. */
let bytes: usize = 0;
let ends: usize = 0;
let fingerprints: usize = 0;

/** Index of the label's column in the table of slots; -1 without labels. */
let labelSlot: i32 = -1;
/** For each label, the number of its key, its start and its end. */
let labels: usize = 0;

/** Sets how keys are collected. */
export function openTapeKeys(slot: i32, mayLook: u32, bytesAt: usize, endsAt: usize, fingerprintsAt: usize): void {
  keySlot = slot;
  mayLookOtherwise = mayLook != 0;
  bytes = bytesAt;
  ends = endsAt;
  fingerprints = fingerprintsAt;
}

/** Sets how labels are collected. */
export function setTapeKeyLabels(slot: i32, labelsAt: usize): void {
  labelSlot = slot;
  labels = labelsAt;
}

/** Adds key, label and references of the record on the tape. If JavaScript must handle the key, adds nothing and returns false. */
export function addTapeKey(slots: usize): bool {
  if (keySlot < 0) return false;
  const entry = load<u32>(slots + (<usize>keySlot << 2));
  if (entry == 0 || (tapeKind(entry) & KEY_KINDS) == 0 || !addKey(entry)) return false;
  addBesideTapeKey(slots);
  return true;
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

/** Equivalent to `writeFingerprint` of lib/engine. */
function appendFingerprint(from: usize, to: usize, out: Sink): void {
  let a: u32 = 0x9e3779b9 ^ <u32>(to - from);
  let b: u32 = 0x51ed270b;
  for (let at = from; at < to; at += 1) {
    const c: u32 = load<u8>(at);
    a = (a ^ c) * 0x01000193;
    b = (b ^ c) * 0x5bd1e995;
    b ^= b >>> 15;
  }
  appendSinkWord(out, mix(a));
  appendSinkWord(out, mix(b ^ (a >>> 7)));
}

/** Whether a single-column key certainly looks as it is written and is visible. */
function isPlain(from: usize, to: usize): bool {
  for (let at = from; at < to; at += 1) {
    const c: u32 = load<u8>(at);
    if (c <= 0x20 || c >= 0x7f || c == 0x60 || (c >= 0x41 && c <= 0x5a)) return false;
  }
  return to > from;
}

/** Adds the text of an entry as a key: its bytes, their end, and its fingerprint. False if it must be normalized. */
function addKey(entry: u32): bool {
  const from = tapeStart(entry);
  const to = tapeEnd(entry);
  if ((tapeHolds(entry) & BACKSLASH) != 0 || (mayLookOtherwise && !isPlain(from, to))) return false;
  const out = changetype<Sink>(bytes);
  appendSinkBytes(out, from, <u32>(to - from));
  appendSinkWord(changetype<Sink>(ends), out.length);
  appendFingerprint(from, to, changetype<Sink>(fingerprints));
  return true;
}
