// Takes the records of a batch one after the other, as long as nothing has to be decided outside.

import { addCsvLines } from "./csv-table";
import { hasNoForm, isFormProved, placesOfForm } from "./form-table";
import { addKeys } from "./tape-keys";
import { addToLeaves } from "./leaf-sinks";
import { addText } from "./batch-texts";
import { batchEnd, keepText, mayHoldSurprise, readEnd, readRecord } from "./record-parser";
import { endAt, startAt } from "./tape";

let mustProve: bool = false;
let encodes: bool = false;
/** Each record has to be looked at outside. */
let isStepwise: bool = false;
let taken: u32 = 0;

let csvTables: usize = 0;
let csvCount: u32 = 0;
let leaves: usize = 0;
let leafCount: u32 = 0;
let leafSizes: usize = 0;

/** Sets which tables of CSV are written: so many, one after the other. */
export function openCsv(tables: usize, count: u32): void {
  csvTables = tables;
  csvCount = count;
}

/** Sets which leaves are written, and the sink for the size of each record. */
export function openLeaves(leavesAt: usize, count: u32, sizes: usize): void {
  leaves = leavesAt;
  leafCount = count;
  leafSizes = sizes;
}

/** Begins with the records of a batch: whether they have to be proved, are encoded, and are all looked at outside. */
export function openRun(proves: bool, doesEncode: bool, isSlow: bool): void {
  mustProve = proves;
  encodes = doesEncode;
  isStepwise = isSlow;
  taken = 0;
}

/** Records that `runRecords` took. */
export function takenRecords(): u32 {
  return taken;
}

function isSpace(c: u32): bool {
  return c == 0x20 || c == 0x0a || c == 0x0d || c == 0x09;
}

function afterSpace(at: usize): usize {
  while (isSpace(load<u8>(at))) at += 1;
  return at;
}

/** Where the next record may start after one that ends at an address: the end of the batch after the last one; 0 where neither is there. */
export function afterRecord(end: usize): usize {
  const at = afterSpace(end);
  if (at == batchEnd()) return at;
  if (load<u8>(at) != 0x2c) return 0;
  const next = afterSpace(at + 1);
  return next == batchEnd() ? 0 : next;
}

/** Takes records from an address on. Returns the address of one that it does not take, the end of the batch after the last one, or 0 where neither is there. */
export function runRecords(start: usize): usize {
  let at = afterSpace(start);
  if (at == batchEnd()) return 0;
  while (at != 0 && at != batchEnd()) {
    if (isStepwise) return at;
    const form = readRecord(at);
    if (hasNoForm(form) || mayHoldSurprise() || (mustProve && !isFormProved(form))) return at;
    const places = placesOfForm(form);
    if (!addKeys(places)) return at;
    if (encodes && !encodeRecord(places)) return 0;
    keepText();
    taken += 1;
    at = afterRecord(readEnd());
  }
  return at;
}

/** Adds the record on the tape to all outputs; false where one cannot hold it. */
export function encodeRecord(places: usize): bool {
  addText(startAt(0), endAt(0));
  addCsvLines(csvTables, csvCount, places);
  return leafCount == 0 || addToLeaves(leaves, leafCount, places, leafSizes) == 0;
}
