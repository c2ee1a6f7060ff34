// Keys of records, and references to others.

import { answerOf } from "./answer-cache";
import { appendBytes, appendWord, Sink } from "./sink";
import { BACKSLASH, endAt, FALSE, FRACTION, holdsAt, INTEGER, kindAt, LIST, nextAt, OBJECT, startAt, STRING, TRUE } from "./tape";
import { propertyOf } from "./tape-values";

const KEY_KINDS: u32 = STRING | INTEGER | FRACTION | TRUE | FALSE;

/** Where the column of the key is in the table of places; -1 where the key has several columns. */
let keyPlace: i32 = -1;
let mayLookOtherwise: bool = false;
/** The keys so far, as lib/engine/fast/kernel-keys.ts reads them. */
let bytes: usize = 0;
let ends: usize = 0;
let fingerprints: usize = 0;

/** Where the label is; -1 without labels. */
let labelPlace: i32 = -1;
/** The number of a key, and where its label starts and ends. */
let labels: usize = 0;

let references: usize = 0;
let referenceCount: u32 = 0;
/** Of references that are not known: the number of the column, and where the value starts and ends. */
let unknown: usize = 0;

/** Sets how keys are collected. */
export function openKeys(place: i32, mayLook: u32, bytesAt: usize, endsAt: usize, fingerprintsAt: usize): void {
  keyPlace = place;
  mayLookOtherwise = mayLook != 0;
  bytes = bytesAt;
  ends = endsAt;
  fingerprints = fingerprintsAt;
}

/** Sets how labels are collected. */
export function openLabels(place: i32, labelsAt: usize): void {
  labelPlace = place;
  labels = labelsAt;
}

/** Sets which columns refer to keys, one after the other. */
export function openReferences(referencesAt: usize, count: u32, unknownAt: usize): void {
  references = referencesAt;
  referenceCount = count;
  unknown = unknownAt;
}

/** Adds the key, the label and the references of the record on the tape; false, and nothing is added, where its key has to be looked at as a text. */
export function addKeys(places: usize): bool {
  if (keyPlace < 0) return false;
  const entry = load<u32>(places + (<usize>keyPlace << 2));
  if (entry == 0 || (kindAt(entry) & KEY_KINDS) == 0 || !addKey(entry)) return false;
  addBesideKey(places);
  return true;
}

/** Adds the label of the last key, and the references of its record. */
export function addBesideKey(places: usize): void {
  if (labelPlace >= 0) {
    const label = load<u32>(places + (<usize>labelPlace << 2));
    if (label > 0 && kindAt(label) == STRING) {
      const out = changetype<Sink>(labels);
      appendWord(out, (changetype<Sink>(ends).length >>> 2) - 1);
      appendWord(out, <u32>startAt(label));
      appendWord(out, <u32>endAt(label));
    }
  }
  findReferences(places);
}

/** Mixes all bits of a number into each other (MurmurHash3, fmix32). */
function mix(value: u32): u32 {
  let h = value;
  h = (h ^ (h >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

/** As `writeFingerprint` of lib/engine. */
function appendFingerprint(from: usize, to: usize, out: Sink): void {
  let a: u32 = 0x9e3779b9 ^ <u32>(to - from);
  let b: u32 = 0x51ed270b;
  for (let at = from; at < to; at += 1) {
    const c: u32 = load<u8>(at);
    a = (a ^ c) * 0x01000193;
    b = (b ^ c) * 0x5bd1e995;
    b ^= b >>> 15;
  }
  appendWord(out, mix(a));
  appendWord(out, mix(b ^ (a >>> 7)));
}

/** Whether a key of one column surely looks as it is written, and can be seen. */
function isPlain(from: usize, to: usize): bool {
  for (let at = from; at < to; at += 1) {
    const c: u32 = load<u8>(at);
    if (c <= 0x20 || c >= 0x7f || c == 0x60 || (c >= 0x41 && c <= 0x5a)) return false;
  }
  return to > from;
}

/** Adds the text of an entry as a key, where it needs no other look: its bytes, where they end, and its fingerprint. */
function addKey(entry: u32): bool {
  const from = startAt(entry);
  const to = endAt(entry);
  if ((holdsAt(entry) & BACKSLASH) != 0 || (mayLookOtherwise && !isPlain(from, to))) return false;
  const out = changetype<Sink>(bytes);
  appendBytes(out, from, <u32>(to - from));
  appendWord(changetype<Sink>(ends), out.length);
  appendFingerprint(from, to, changetype<Sink>(fingerprints));
  return true;
}

/** A column that refers to keys. */
@unmanaged
class Reference {
  /** Where its column is in the table of places. */
  place: u32;
  /** Kinds of values that refer to something. */
  kinds: u32;
  /** Who knows the keys: it answers nothing for others. */
  asker: i32;
  isList: u32;
  /** The name of the property of an item that refers; -1 where the item does. */
  name: i32;
}

export function referenceBytes(): u32 {
  return offsetof<Reference>();
}

export function initReference(at: usize, place: u32, kinds: u32, asker: i32, isList: u32, name: i32): void {
  const reference = changetype<Reference>(at);
  reference.place = place;
  reference.kinds = kinds;
  reference.asker = asker;
  reference.isList = isList;
  reference.name = name;
}

/** Finds the references of the record that are not known. */
function findReferences(places: usize): void {
  for (let i: u32 = 0; i < referenceCount; i += 1) {
    const reference = changetype<Reference>(references + <usize>i * offsetof<Reference>());
    const entry = load<u32>(places + (reference.place << 2));
    if (entry == 0) continue;
    if (reference.isList == 0) findReference(reference, i, entry);
    else if (kindAt(entry) == LIST) {
      const end = nextAt(entry);
      for (let item = entry + 1; item < end; item = nextAt(item)) {
        const value = reference.name < 0 ? <i32>item : kindAt(item) == OBJECT ? propertyOf(item, reference.name) : -1;
        if (value > 0) findReference(reference, i, value);
      }
    }
  }
}

function findReference(reference: Reference, number: u32, entry: u32): void {
  if ((kindAt(entry) & reference.kinds) == 0) return;
  if (reference.asker >= 0 && load<i32>(answerOf(reference.asker, entry)) >= 0) return;
  const out = changetype<Sink>(unknown);
  appendWord(out, number);
  appendWord(out, <u32>startAt(entry));
  appendWord(out, <u32>endAt(entry));
}
