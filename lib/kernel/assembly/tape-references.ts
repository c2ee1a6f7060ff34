// References of records to other records.

import { cachedAnswer } from "./answer-cache";
import { appendSinkWord, Sink } from "./sink";
import { LIST, OBJECT, tapeEnd, tapeKind, tapeNext, tapeStart } from "./tape";
import { tapePropertyValue } from "./tape-values";

let references: usize = 0;
let referenceCount: u32 = 0;
/** For each unknown reference, the number of its column, its start and its end. */
let unknown: usize = 0;

/** Sets the columns that refer to keys. */
export function openTapeReferences(referencesAt: usize, count: u32, unknownAt: usize): void {
  references = referencesAt;
  referenceCount = count;
  unknown = unknownAt;
}

/** A column that refers to keys. */
@unmanaged
class Reference {
  /** Index of its column in the table of slots. */
  slot: u32;
  /** Kinds of values that can be references. */
  kinds: u32;
  /** Asker that answers only for known keys; -1 without one. */
  asker: i32;
  isList: u32;
  /** The name of the property of an item that is the reference; -1 if the item itself is. */
  name: i32;
}

export function tapeReferenceSize(): u32 {
  return offsetof<Reference>();
}

export function initTapeReference(at: usize, slot: u32, kinds: u32, asker: i32, isList: u32, name: i32): void {
  const reference = changetype<Reference>(at);
  reference.slot = slot;
  reference.kinds = kinds;
  reference.asker = asker;
  reference.isList = isList;
  reference.name = name;
}

/** Finds the references of the record to unknown keys. */
export function addTapeReferences(slots: usize): void {
  for (let i: u32 = 0; i < referenceCount; i += 1) {
    const reference = changetype<Reference>(references + <usize>i * offsetof<Reference>());
    const entry = load<u32>(slots + (reference.slot << 2));
    if (entry == 0) continue;
    if (reference.isList == 0) findReference(reference, i, entry);
    else if (tapeKind(entry) == LIST) {
      const end = tapeNext(entry);
      for (let item = entry + 1; item < end; item = tapeNext(item)) {
        const value = reference.name < 0 ? <i32>item : tapeKind(item) == OBJECT ? tapePropertyValue(item, reference.name) : -1;
        if (value > 0) findReference(reference, i, value);
      }
    }
  }
}

function findReference(reference: Reference, number: u32, entry: u32): void {
  if ((tapeKind(entry) & reference.kinds) == 0) return;
  if (reference.asker >= 0 && load<i32>(cachedAnswer(reference.asker, entry)) >= 0) return;
  const out = changetype<Sink>(unknown);
  appendSinkWord(out, number);
  appendSinkWord(out, <u32>tapeStart(entry));
  appendSinkWord(out, <u32>tapeEnd(entry));
}
