// Reads records onto the tape; docs/engine.md says what is not read.

import { copyBytes } from "./bytes";
import { findInFormTable } from "./form-table";
import {
  afterInternedName,
  expectedInternedName,
  expectInternedName,
  findInternedName,
  isInternedNameRefused,
  isInternedNameRepeated,
  nextInternedNameObject,
} from "./interned-names";
import {
  addTapeEntry,
  BACKSLASH,
  clearTape,
  closeTapeEntry,
  FALSE,
  FRACTION,
  INTEGER,
  isTapeFull,
  LIST,
  moveTapeEntries,
  NO_NAME,
  NULL,
  OBJECT,
  QUOTABLE,
  SEMICOLON,
  setTapeHolds,
  size,
  STRING,
  tapeEnd,
  tapeHolds,
  tapeName,
  tapeNext,
  tapeStart,
  TRUE,
  UNUSUAL,
} from "./tape";

const MAX_DEPTH: u32 = 64;
/** No number with more digits prints as it is written. */
const MAX_DIGITS: usize = 15;
/** JavaScript writes a number with more zeros after the point with an exponent. */
const MAX_LEADING_ZEROS: usize = 5;

/** What `parseRecord` returns beside the number of a form. */
const NO_FORM: i32 = -1;
const REFUSED: i32 = -2;
const UNKNOWN_NAME: i32 = -3;
const FULL: i32 = -4;

let at: usize = 0;
/** Where the bytes end that are read. */
let limit: usize = 0;
let result: i32 = 0;
/** Where the unknown name is. */
let nameStart: usize = 0;
let nameEnd: usize = 0;
let recordStart: usize = 0;
/** Where the canonical text of the record is written, and up to where. */
let outStart: usize = 0;
let out: usize = 0;
/** The record was not canonical as it was read. */
let isRewritten: bool = false;
/** The first byte that is not yet copied, and its distance to its place in the canonical text. */
let from: usize = 0;
let shift: usize = 0;
let holdsUnusual: bool = false;

export function recordParserEnd(): usize {
  return at;
}

/** Where the bytes end that are read. */
export function recordParserLimit(): usize {
  return limit;
}

export function recordParserNameStart(): usize {
  return nameStart;
}

export function recordParserNameEnd(): usize {
  return nameEnd;
}

/** Sets the end of the bytes to read, and reserves memory for canonical texts, which is as large: they are never longer. */
export function openRecordParser(end: usize, outAt: usize): void {
  limit = end;
  outStart = outAt;
}

/**
 * Reads the record at an address, of bytes that end with zeros. Returns the number of its form, or: it has none, it is refused, it has a
 * name without a number, the tape is full.
 */
export function parseRecord(start: usize): i32 {
  at = start;
  recordStart = start;
  from = start;
  shift = 0;
  out = outStart;
  isRewritten = false;
  holdsUnusual = false;
  result = REFUSED;
  clearTape();
  if (load<u8>(start) != 0x7b || !readObject(NO_NAME, 0)) return result;
  if (isRewritten) copyUpTo(at);
  return findInFormTable();
}

/** Keeps the canonical text of the record that was read until the next batch. */
export function keepParsedRecord(): void {
  if (isRewritten) outStart = out;
}

/** Where the next canonical text is written. */
export function parsedRecordStart(): usize {
  return outStart;
}

/** Records that a text of `length` bytes was written there. */
export function addParsedRecord(length: u32): void {
  outStart += length;
}

/** Whether some string may hold what readers do not see, or damage. Says yes too often. */
export function mayParsedRecordSurprise(): bool {
  if (!holdsUnusual) return false;
  for (let entry: u32 = 0; entry < size; entry += 1)
    if ((tapeHolds(entry) & UNUSUAL) != 0 && maySurprise(tapeStart(entry), tapeEnd(entry))) return true;
  return false;
}

function copyUpTo(address: usize): void {
  copyBytes(out, from, address - from);
  out += address - from;
  from = address;
}

/** Leaves out the bytes before an address that are not yet copied. */
function continueAt(address: usize): void {
  from = address;
  shift = out - address;
}

/** Copies what is read up to an address: what follows is written otherwise. */
function divergeAt(address: usize): void {
  copyUpTo(address);
  if (isRewritten) return;
  isRewritten = true;
  moveTapeEntries(outStart - recordStart);
}

// @ts-ignore: decorator
@inline
function isSpace(c: u32): bool {
  return c == 0x20 || c == 0x0a || c == 0x0d || c == 0x09;
}

// @ts-ignore: decorator
@inline
function skipSpace(): void {
  if (load<u8>(at) <= 0x20) skipSome();
}

function skipSome(): void {
  let end = at;
  while (isSpace(load<u8>(end))) end += 1;
  if (end == at) return;
  divergeAt(at);
  continueAt(end);
  at = end;
}

function open(kind: u32, name: i32, address: usize): u32 {
  return addTapeEntry(kind, name, address + shift);
}

function readValue(name: i32, depth: u32): bool {
  if (isTapeFull()) {
    result = FULL;
    return false;
  }
  const c: u32 = load<u8>(at);
  if (c == 0x22) return readString(name);
  if (c == 0x7b) return readObject(name, depth);
  if (c == 0x5b) return readList(name, depth);
  if (c == 0x2d || c - 0x30 < 10) return readNumber(name);
  return readWord(name);
}

function readObject(name: i32, depth: u32): bool {
  if (depth > MAX_DEPTH) return false;
  const entry = open(OBJECT, name, at);
  at += 1;
  skipSpace();
  if (load<u8>(at) == 0x7d) at += 1;
  else {
    let before = NO_NAME;
    for (;;) {
      before = readName(before, name);
      if (before < 0) return false;
      skipSpace();
      if (load<u8>(at) != 0x3a) return false;
      at += 1;
      skipSpace();
      if (!readValue(before, depth + 1)) return false;
      skipSpace();
      const c = load<u8>(at);
      at += 1;
      if (c == 0x7d) break;
      if (c != 0x2c) return false;
      skipSpace();
    }
  }
  closeTapeEntry(entry, at + shift);
  return hasNamesOnce(entry);
}

function readList(name: i32, depth: u32): bool {
  if (depth > MAX_DEPTH) return false;
  const entry = open(LIST, name, at);
  at += 1;
  skipSpace();
  if (load<u8>(at) == 0x5d) at += 1;
  else
    for (;;) {
      if (!readValue(NO_NAME, depth + 1)) return false;
      skipSpace();
      const c = load<u8>(at);
      at += 1;
      if (c == 0x5d) break;
      if (c != 0x2c) return false;
      skipSpace();
    }
  closeTapeEntry(entry, at + shift);
  return true;
}

/** Reads the name of a property; returns its number, or NO_NAME. */
function readName(before: i32, inside: i32): i32 {
  if (load<u8>(at) != 0x22) return NO_NAME;
  const start = at + 1;
  const expected = expectedInternedName(before, inside);
  if (expected != NO_NAME) {
    const after = afterInternedName(expected, start, limit);
    if (after != 0) {
      at = after;
      return expected;
    }
  }
  let end = start;
  for (;;) {
    const c: u32 = load<u8>(end);
    if (c == 0x22) break;
    if (c < 0x20 || c == 0x5c) return NO_NAME;
    end += 1;
  }
  at = end + 1;
  const name = findInternedName(start, <u32>(end - start));
  if (name == NO_NAME) {
    nameStart = start;
    nameEnd = end;
    result = UNKNOWN_NAME;
    return NO_NAME;
  }
  if (isInternedNameRefused(name)) return NO_NAME;
  expectInternedName(name, before, inside);
  return name;
}

function hasNamesOnce(entry: u32): bool {
  nextInternedNameObject();
  const end = tapeNext(entry);
  for (let inner = entry + 1; inner < end; inner = tapeNext(inner)) if (isInternedNameRepeated(tapeName(inner))) return false;
  return true;
}

function readString(name: i32): bool {
  const entry = open(STRING, name, at + 1);
  let address = at + 1;
  let held: u32 = 0;
  for (;;) {
    const bytes = v128.load(address);
    const ending = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
        i8x16.lt_u(bytes, i8x16.splat(0x20)),
      ),
    );
    const read: u32 = ending != 0 ? <u32>ctz(ending) : 16;
    const mask: i32 = (1 << read) - 1;
    const commas = i8x16.eq(bytes, i8x16.splat(0x2c));
    const semicolons = i8x16.eq(bytes, i8x16.splat(0x3b));
    const unusual = i8x16.ge_u(bytes, i8x16.splat(0x7f));
    // Most strings have none of them.
    if ((i8x16.bitmask(v128.or(v128.or(commas, semicolons), unusual)) & mask) != 0) {
      if ((i8x16.bitmask(commas) & mask) != 0) held |= QUOTABLE;
      if ((i8x16.bitmask(semicolons) & mask) != 0) held |= SEMICOLON;
      if ((i8x16.bitmask(unusual) & mask) != 0) held |= UNUSUAL;
    }
    address += read;
    if (ending == 0) continue;
    const c: u32 = load<u8>(address);
    if (c == 0x22) break;
    if (c != 0x5c) return false;
    const held2 = heldByEscape(load<u8>(address, 1));
    if (held2 != 0) {
      held |= held2;
      address += 2;
      continue;
    }
    at = address;
    const added = rewriteEscape();
    if (added < 0) return false;
    held |= <u32>added;
    address = at;
  }
  if ((held & UNUSUAL) != 0) holdsUnusual = true;
  setTapeHolds(entry, held);
  closeTapeEntry(entry, address + shift);
  at = address + 1;
  return true;
}

/**
 * What a string holds that has this letter after a `\`; 0 for others, which need a slower path: the character of `\b` and `\f` is
 * hidden, and JavaScript writes the others in another way.
 */
function heldByEscape(letter: u32): u32 {
  if (letter == 0x5c || letter == 0x74) return BACKSLASH;
  if (letter == 0x6e || letter == 0x22) return BACKSLASH | QUOTABLE;
  return letter == 0x72 ? BACKSLASH | QUOTABLE | UNUSUAL : 0;
}

/** Four hexadecimal digits at an address; -1 if they are not. */
function hexAt(address: usize): i32 {
  let value: i32 = 0;
  for (let i: usize = 0; i < 4; i += 1) {
    const c: i32 = load<u8>(address + i);
    const lower = c | 0x20;
    const digit = c >= 0x30 && c <= 0x39 ? c - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/**
 * Reads an escape that JavaScript writes in another way: `\/`, `\uXXXX`, or two of those that make one character. Returns what it adds to
 * what the string holds; -1 if it is none of these, or is a hidden character.
 */
function rewriteEscape(): i32 {
  const letter: u32 = load<u8>(at, 1);
  if (letter == 0x2f) {
    replaceEscape(at + 2, 0x2f);
    return 0;
  }
  let point = letter == 0x75 ? hexAt(at + 2) : -1;
  if (point < 0) return -1;
  let end = at + 6;
  if (point >= 0xd800 && point <= 0xdfff) {
    const low = load<u8>(end) == 0x5c && load<u8>(end, 1) == 0x75 ? hexAt(end + 2) : -1;
    if (point >= 0xdc00 || low < 0xdc00 || low > 0xdfff) return -1;
    point = 0x10000 + (point - 0xd800) * 0x400 + (low - 0xdc00);
    end += 6;
  }
  const short: u32 = point == 9 ? 0x74 : point == 10 ? 0x6e : point == 13 ? 0x72 : point == 0x22 ? 0x22 : point == 0x5c ? 0x5c : 0;
  if (short != 0) {
    divergeAt(at);
    store<u8>(out, 0x5c);
    store<u8>(out + 1, short);
    out += 2;
    continueAt(end);
    at = end;
    return <i32>heldByEscape(short);
  }
  if (point < 0x20) return -1;
  replaceEscape(end, <u32>point);
  if (point >= 0x7f) return <i32>UNUSUAL;
  return point == 0x2c ? <i32>QUOTABLE : point == 0x3b ? <i32>SEMICOLON : 0;
}

/** Replaces the bytes up to an address with a character. */
function replaceEscape(end: usize, point: u32): void {
  divergeAt(at);
  if (point < 0x80) store<u8>(out++, point);
  else {
    if (point < 0x800) store<u8>(out++, 0xc0 | (point >>> 6));
    else {
      if (point < 0x10000) store<u8>(out++, 0xe0 | (point >>> 12));
      else {
        store<u8>(out++, 0xf0 | (point >>> 18));
        store<u8>(out++, 0x80 | ((point >>> 12) & 0x3f));
      }
      store<u8>(out++, 0x80 | ((point >>> 6) & 0x3f));
    }
    store<u8>(out++, 0x80 | (point & 0x3f));
  }
  continueAt(end);
  at = end;
}

// @ts-ignore: decorator
@inline
function isDigitAt(address: usize): bool {
  return <u32>load<u8>(address) - 0x30 < 10;
}

function readNumber(name: i32): bool {
  const start = at;
  let end = start;
  if (load<u8>(end) == 0x2d) end += 1;
  const whole = end;
  if (load<u8>(end) == 0x30) end += 1;
  else while (isDigitAt(end)) end += 1;
  let digits = end - whole;
  if (digits == 0) return false;
  let writtenEnd = end;
  if (load<u8>(end) == 0x2e) {
    const point = end;
    end += 1;
    while (isDigitAt(end)) end += 1;
    if (end == point + 1) return false;
    // Zeros at the end are not written again, nor a point before nothing.
    writtenEnd = end;
    while (load<u8>(writtenEnd - 1) == 0x30) writtenEnd -= 1;
    if (writtenEnd - 1 == point) writtenEnd = point;
    else digits += writtenEnd - point - 1;
    if (load<u8>(whole) == 0x30 && writtenEnd > point && leadingZeros(point + 1) > MAX_LEADING_ZEROS) return false;
  }
  const isMinusZero = whole > start && load<u8>(whole) == 0x30 && writtenEnd == whole + 1;
  if (digits > MAX_DIGITS || isMinusZero) return false;
  const entry = open(writtenEnd > whole + digits ? FRACTION : INTEGER, name, start);
  if (writtenEnd < end) {
    divergeAt(writtenEnd);
    closeTapeEntry(entry, out);
    continueAt(end);
  } else closeTapeEntry(entry, end + shift);
  at = end;
  return true;
}

function leadingZeros(start: usize): usize {
  let end = start;
  while (load<u8>(end) == 0x30) end += 1;
  return end - start;
}

function readWord(name: i32): bool {
  const four = load<u32>(at);
  // "true", "fals" and "null" as they lie in memory.
  const kind = four == 0x65757274 ? TRUE : four == 0x736c6166 && load<u8>(at, 4) == 0x65 ? FALSE : four == 0x6c6c756e ? NULL : 0;
  if (kind == 0) return false;
  const entry = open(kind, name, at);
  at += kind == FALSE ? 5 : 4;
  closeTapeEntry(entry, at + shift);
  return true;
}

/** Whether what follows a letter from À to ÿ may be the rest of a UTF-8 character that was read as Windows-1252. */
function mayGoOn(address: usize): bool {
  const first: u32 = load<u8>(address);
  const second: u32 = load<u8>(address, 1);
  if (first == 0xc5)
    return (
      second == 0x92 || second == 0x93 || second == 0xa0 || second == 0xa1 || second == 0xb8 || second == 0xbd || second == 0xbe
    );
  return first == 0xc2 || first == 0xc6 || first == 0xcb || first == 0xe2;
}

/** Whether 0xE2 and these bytes are a character that turns the direction of text: U+202A to U+202E, U+2066 to U+2069. */
function turnsText(second: u32, third: u32): bool {
  return (second == 0x80 && third >= 0xaa && third <= 0xae) || (second == 0x81 && third >= 0xa6 && third <= 0xa9);
}

/** How many of the next 16 bytes are ASCII without `\`, up to the first that is not. */
// @ts-ignore: decorator
@inline
function ordinaryBytes(address: usize): usize {
  const bytes = v128.load(address);
  const others = i8x16.bitmask(v128.or(i8x16.ge_u(bytes, i8x16.splat(0x7f)), i8x16.eq(bytes, i8x16.splat(0x5c))));
  return others == 0 ? 16 : <usize>ctz(others);
}

function maySurprise(start: usize, end: usize): bool {
  for (let address = start; address < end; address += 1) {
    const c: u32 = load<u8>(address);
    if (c < 0x7f && c != 0x5c) {
      address += ordinaryBytes(address) - 1;
    } else if (c == 0x5c) {
      if (load<u8>(address, 1) == 0x72 && !(load<u8>(address, 2) == 0x5c && load<u8>(address, 3) == 0x6e)) return true;
      address += 1;
    } else if (c == 0x7f || c == 0xef) return true;
    else if (c == 0xc2 && load<u8>(address, 1) < 0xa0) return true;
    else if (c == 0xc3 && address + 2 < end && mayGoOn(address + 2)) return true;
    else if (c == 0xe2 && turnsText(load<u8>(address, 1), load<u8>(address, 2))) return true;
  }
  return false;
}
