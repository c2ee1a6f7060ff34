// CSV lines. JavaScript creates the cells for which copying is not enough.

import { cachedAnswer, uncachedAnswer } from "./answer-cache";
import { plainDay, writePlainDay } from "./plain-days";
import { appendSinkByte, appendSinkBytes, Sink, sinkEndWithRoom } from "./sink";
import {
  BACKSLASH,
  isTapeList,
  LIST,
  NULL,
  OBJECT,
  QUOTABLE,
  SEMICOLON,
  STRING,
  tapeEnd,
  tapeHolds,
  tapeKind,
  tapeNext,
  tapeStart,
} from "./tape";
import { tapeItemValue } from "./tape-values";
import { unescapeLetter } from "./unescape-letter";

/** Kinds of cells; equal to CELL_WAYS in lib/engine/fast/csv-bytes.ts. */
const JOINED: u32 = 1;
const ASKED: u32 = 2;
const JOINED_ANSWERS: u32 = 3;
const FIRST_DAY: u32 = 4;
const LAST_DAY: u32 = 5;

@unmanaged
class Cell {
  way: u32;
  asker: u32;
  /** Answers for the items of a list that are written as they are, after a byte that is 1 if they need quotes. */
  itemAsker: u32;
  /** Index of its column in the table of slots; -1 if the value is in an item. */
  slot: i32;
  /** Path of names from an item of a list to its value. */
  path: usize;
  pathLength: u32;
}

/** A CSV table: its cells, the slot of the list of a link table (-1 if a line is a record), and its lines so far. */
@unmanaged
class CsvTable {
  cells: usize;
  size: u32;
  list: i32;
  out: Sink;
  rows: u32;
}

/** Layout 1 also guards numbers. */
let isFirstLayout: bool = false;

export function csvCellSize(): u32 {
  return offsetof<Cell>();
}

export function initCsvCell(at: usize, way: u32, asker: u32, itemAsker: u32, slot: i32, path: usize, pathLength: u32): void {
  const cell = changetype<Cell>(at);
  cell.way = way;
  cell.asker = asker;
  cell.itemAsker = itemAsker;
  cell.slot = slot;
  cell.path = path;
  cell.pathLength = pathLength;
}

export function setFirstCsvLayout(is: u32): void {
  isFirstLayout = is != 0;
}

export function csvTableSize(): u32 {
  return offsetof<CsvTable>();
}

export function initCsvTable(at: usize, cells: usize, size: u32, list: i32, out: usize): void {
  const table = changetype<CsvTable>(at);
  table.cells = cells;
  table.size = size;
  table.list = list;
  table.out = changetype<Sink>(out);
  clearCsvTable(at);
}

export function clearCsvTable(at: usize): void {
  const table = changetype<CsvTable>(at);
  table.out.length = 0;
  table.rows = 0;
}

export function csvTableRows(at: usize): u32 {
  return changetype<CsvTable>(at).rows;
}

/** Counts rows that were written to the sink directly. */
export function addCsvTableRows(at: usize, rows: u32): void {
  changetype<CsvTable>(at).rows += rows;
}

/** Adds the lines of the record on the tape to several tables. */
export function addToCsvTables(tables: usize, count: u32, slots: usize): void {
  for (let i: u32 = 0; i < count; i += 1) {
    const table = changetype<CsvTable>(tables + <usize>i * offsetof<CsvTable>());
    if (table.list < 0) {
      writeLine(table.cells, table.size, slots, 0, table.out);
      table.rows += 1;
    } else addItemLines(table, slots);
  }
}

/** Adds a line for each item of a list. */
function addItemLines(table: CsvTable, slots: usize): void {
  const list = load<u32>(slots + (<usize>table.list << 2));
  if (list == 0 || !isTapeList(list)) return;
  for (let item = list + 1; item < tapeNext(list); item = tapeNext(item)) {
    writeLine(table.cells, table.size, slots, item, table.out);
    table.rows += 1;
  }
}

function writeLine(cells: usize, size: u32, slots: usize, item: u32, out: Sink): void {
  for (let i: u32 = 0; i < size; i += 1) {
    const cell = changetype<Cell>(cells + <usize>i * offsetof<Cell>());
    if (i > 0) appendSinkByte(out, 0x2c);
    const entry = cell.slot < 0 ? tapeItemValue(item, cell.path, cell.pathLength) : load<i32>(slots + (cell.slot << 2));
    if (entry > 0) writeCell(cell, entry, out);
  }
  store<u16>(sinkEndWithRoom(out, 2), 0x0a0d);
  out.length += 2;
}

function isObjectList(entry: u32): bool {
  return isTapeList(entry) && tapeNext(entry) > entry + 1 && tapeKind(entry + 1) == OBJECT;
}

function writeCell(cell: Cell, entry: u32, out: Sink): void {
  if (tapeKind(entry) == NULL) return;
  const isDay = cell.way == FIRST_DAY || cell.way == LAST_DAY;
  const day: u32 = isDay ? plainDay(entry, cell.way == LAST_DAY) : 0;
  if (day != 0) {
    writePlainDay(sinkEndWithRoom(out, 10), day);
    out.length += 10;
  } else if (isDay || (cell.way == ASKED && !isObjectList(entry))) writeAnswer(cachedAnswer(cell.asker, entry), out);
  // Rarely repeated, so caching the answer would only displace others.
  else if (cell.way == ASKED || !isWritten(cell, entry, out)) writeAnswer(uncachedAnswer(cell.asker, entry), out);
}

function writeAnswer(answer: usize, out: Sink): void {
  const length = load<i32>(answer);
  if (length > 0) appendSinkBytes(out, answer + 4, length);
}

/** Writes a cell; false if copying is not enough. */
function isWritten(cell: Cell, entry: u32, out: Sink): bool {
  const kind = tapeKind(entry);
  if (cell.way == JOINED) return kind == LIST && isListWritten(cell, entry, out);
  if (cell.way == JOINED_ANSWERS) return kind == LIST && areAnswersWritten(cell, entry, out);
  if (kind == STRING) return isStringWritten(tapeStart(entry), tapeEnd(entry), tapeHolds(entry), out);
  if (kind == OBJECT || kind == LIST) return isJsonWritten(tapeStart(entry), tapeEnd(entry), out);
  if (isFirstLayout && isSuspect(tapeStart(entry))) return false;
  appendSinkBytes(out, tapeStart(entry), <u32>(tapeEnd(entry) - tapeStart(entry)));
  return true;
}

/** Whether a text that starts with this byte might be run as a formula. 0xEF starts the full-width forms. */
function isSuspectByte(c: u32): bool {
  return c == 0x3d || c == 0x2b || c == 0x2d || c == 0x40 || c == 0x27 || c == 0x09 || c == 0x0a || c == 0x0d || c == 0xef;
}

function isSuspect(at: usize): bool {
  const c: u32 = load<u8>(at);
  return c == 0x5c ? unescapeLetter(load<u8>(at, 1)) < 0x20 : isSuspectByte(c);
}

/** Whether a suspect text certainly matches FORMULA in lib/formats/csv/guard-formula.ts, because it is not a number or a lone sign. */
function isFormula(start: usize, end: usize): bool {
  const c: u32 = load<u8>(start);
  if (isFirstLayout || c == 0xef) return false;
  if (c == 0x5c || c == 0x27) return true;
  const next: u32 = load<u8>(start, 1);
  if (start + 1 == end || next == 0x3b) return false;
  return c == 0x3d || c == 0x40 || (next - 0x30 > 9 && next != 0x2e);
}

/** Whether no text after a `;` could be a formula. */
function isPlainList(start: usize, end: usize): bool {
  for (let at = start; at < end; at += 1) if (load<u8>(at) == 0x3b && at + 1 < end && isSuspect(at + 1)) return false;
  return true;
}

function isStringWritten(start: usize, end: usize, holds: u32, out: Sink): bool {
  if (start == end) {
    store<u16>(sinkEndWithRoom(out, 2), 0x2222);
    out.length += 2;
    return true;
  }
  const isGuarded = isSuspect(start);
  if ((isGuarded && !isFormula(start, end)) || ((holds & SEMICOLON) != 0 && !isPlainList(start, end))) return false;
  const isQuoted = (holds & QUOTABLE) != 0;
  if (isQuoted) appendSinkByte(out, 0x22);
  if (isGuarded) appendSinkByte(out, 0x27);
  if ((holds & BACKSLASH) == 0) appendSinkBytes(out, start, <u32>(end - start));
  else appendUnescaped(start, end, out);
  if (isQuoted) appendSinkByte(out, 0x22);
  return true;
}

function appendUnescaped(start: usize, end: usize, out: Sink): void {
  const begin = sinkEndWithRoom(out, <u32>(end - start));
  let to = begin;
  for (let at = start; at < end; at += 1) {
    let c: u32 = load<u8>(at);
    if (c == 0x5c) {
      at += 1;
      c = unescapeLetter(load<u8>(at));
      if (c == 0x22) store<u8>(to++, 0x22);
    }
    store<u8>(to++, c);
  }
  out.length += <u32>(to - begin);
}

/** Writes JSON with doubled quotes. */
function isJsonWritten(start: usize, end: usize, out: Sink): bool {
  let isQuoted = false;
  for (let at = start; at < end; at += 1) {
    const c: u32 = load<u8>(at);
    if (c == 0x22 || c == 0x2c) isQuoted = true;
    else if (c == 0x3b && isSuspectByte(load<u8>(at, 1))) return false;
  }
  const begin = sinkEndWithRoom(out, 2 * <u32>(end - start) + 2);
  let to = begin;
  if (isQuoted) store<u8>(to++, 0x22);
  for (let at = start; at < end; at += 1) {
    const c: u32 = load<u8>(at);
    if (c == 0x22) store<u8>(to++, 0x22);
    store<u8>(to++, c);
  }
  if (isQuoted) store<u8>(to++, 0x22);
  out.length += <u32>(to - begin);
  return true;
}

/** Whether an item is written to a joined list unchanged. */
function isPlainItem(entry: u32): bool {
  const kind = tapeKind(entry);
  const start = tapeStart(entry);
  if (kind == STRING) {
    // A text that starts with [ may be the only item, and then look like an empty list.
    const isGuarded = isSuspect(start) && start < tapeEnd(entry);
    return !isGuarded && load<u8>(start) != 0x5b && (tapeHolds(entry) & (SEMICOLON | BACKSLASH)) == 0;
  }
  return kind != OBJECT && kind != LIST && !(isFirstLayout && isSuspect(start));
}

function isListWritten(cell: Cell, list: u32, out: Sink): bool {
  const end = tapeNext(list);
  let holds: u32 = 0;
  let size: u32 = 0;
  for (let item = list + 1; item < end; item = tapeNext(item)) {
    const entry = tapeItemValue(item, cell.path, cell.pathLength);
    size += 1;
    if (entry < 0) continue;
    if (!isPlainItem(entry)) return false;
    holds |= tapeHolds(entry);
  }
  const isQuoted = (holds & QUOTABLE) != 0;
  const before = out.length;
  if (isQuoted) appendSinkByte(out, 0x22);
  for (let item = list + 1; item < end; item = tapeNext(item)) {
    if (item > list + 1) appendSinkByte(out, 0x3b);
    const entry = tapeItemValue(item, cell.path, cell.pathLength);
    if (entry < 0) {
      store<u16>(sinkEndWithRoom(out, 2), 0x2d5c);
      out.length += 2;
    } else appendSinkBytes(out, tapeStart(entry), <u32>(tapeEnd(entry) - tapeStart(entry)));
  }
  if (isQuoted) appendSinkByte(out, 0x22);
  if (size == 0) {
    store<u16>(sinkEndWithRoom(out, 2), 0x5d5b);
    out.length += 2;
  } else if (size == 1 && out.length == before) {
    store<u16>(sinkEndWithRoom(out, 2), 0x2222);
    out.length += 2;
  }
  return true;
}

/** Joins the answers for the items of a list, if each item has one. */
function areAnswersWritten(cell: Cell, list: u32, out: Sink): bool {
  const end = tapeNext(list);
  if (end == list + 1) return false;
  let isQuoted = false;
  for (let item = list + 1; item < end; item = tapeNext(item)) {
    const entry = tapeItemValue(item, cell.path, cell.pathLength);
    if (entry < 0) return false;
    const answer = cachedAnswer(cell.itemAsker, entry);
    if (load<i32>(answer) < 0) return false;
    if (load<u8>(answer, 4) != 0) isQuoted = true;
  }
  if (isQuoted) appendSinkByte(out, 0x22);
  for (let item = list + 1; item < end; item = tapeNext(item)) {
    if (item > list + 1) appendSinkByte(out, 0x3b);
    const answer = cachedAnswer(cell.itemAsker, tapeItemValue(item, cell.path, cell.pathLength));
    appendSinkBytes(out, answer + 5, load<i32>(answer) - 1);
  }
  if (isQuoted) appendSinkByte(out, 0x22);
  return true;
}
