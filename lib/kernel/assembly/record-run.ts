// Processes the records of a batch until JavaScript has to decide.

import { addBatchText } from "./batch-texts";
import { countCells } from "./cell-counts";
import { addToCsvTables } from "./csv-table";
import { formTableSlots, isProvedInFormTable } from "./form-table";
import { addToLeafSinks } from "./leaf-sinks";
import { keepParsedRecord, mayParsedRecordSurprise, parseRecord, recordParserEnd, recordParserLimit } from "./record-parser";
import { afterSpaces } from "./spaces";
import { tapeEnd, tapeStart } from "./tape";
import { addTapeKey } from "./tape-keys";

let mustProve: bool = false;
let encodes: bool = false;
/** Whether JavaScript handles every record. */
let isStepwise: bool = false;
let taken: u32 = 0;

let csvTables: usize = 0;
let csvCount: u32 = 0;
let leaves: usize = 0;
let leafCount: u32 = 0;
let leafSizes: usize = 0;

/** Sets the CSV tables to write: `count` consecutive tables. */
export function setRecordRunCsv(tables: usize, count: u32): void {
  csvTables = tables;
  csvCount = count;
}

/** Sets the leaves to write, and the sink for the size of each record. */
export function setRecordRunLeaves(leavesAt: usize, count: u32, sizes: usize): void {
  leaves = leavesAt;
  leafCount = count;
  leafSizes = sizes;
}

/** Starts a batch: whether its records must be proved valid, are encoded, and are all handled by JavaScript. */
export function openRecordRun(proves: bool, doesEncode: bool, isSlow: bool): void {
  mustProve = proves;
  encodes = doesEncode;
  isStepwise = isSlow;
  taken = 0;
}

/** Number of records that `runRecords` has processed. */
export function recordRunCount(): u32 {
  return taken;
}

/** The address of the next record after one that ends at `end`. After the last record, the end of the batch; 0 on a syntax error. */
export function afterRunRecord(end: usize): usize {
  const at = afterSpaces(end);
  if (at == recordParserLimit()) return at;
  if (load<u8>(at) != 0x2c) return 0;
  const next = afterSpaces(at + 1);
  return next == recordParserLimit() ? 0 : next;
}

/**
 * Processes records from an address. Returns the address of a record that JavaScript must handle, the end of the batch, or 0 on an error.
 */
export function runRecords(start: usize): usize {
  let at = afterSpaces(start);
  if (at == recordParserLimit()) return 0;
  while (at != 0 && at != recordParserLimit()) {
    if (isStepwise) return at;
    const form = parseRecord(at);
    if (form < 0 || mayParsedRecordSurprise() || (mustProve && !isProvedInFormTable(form))) return at;
    const slots = formTableSlots(form);
    if (!addTapeKey(slots)) return at;
    if (encodes && !encodeRunRecord(slots)) return 0;
    keepParsedRecord();
    taken += 1;
    at = afterRunRecord(recordParserEnd());
  }
  return at;
}

/** Adds the record on the tape to all outputs; false if an output cannot store it. */
export function encodeRunRecord(slots: usize): bool {
  addBatchText(tapeStart(0), tapeEnd(0));
  countCells(slots);
  addToCsvTables(csvTables, csvCount, slots);
  return leafCount == 0 || addToLeafSinks(leaves, leafCount, slots, leafSizes) == 0;
}
