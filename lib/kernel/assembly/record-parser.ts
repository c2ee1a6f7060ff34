// Reads records onto the tape; docs/engine.md lists what is rejected.

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
import { afterSpaces } from "./spaces";
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
/** Numbers with more digits may not be printed as they are written. */
const MAX_DIGITS: usize = 15;
/** With more zeros after the point, JavaScript prints a number with an exponent. */
const MAX_LEADING_ZEROS: usize = 5;

/** Return values of `parseRecord` other than the number of a form. */
const NO_FORM: i32 = -1;
const REFUSED: i32 = -2;
const UNKNOWN_NAME: i32 = -3;
const FULL: i32 = -4;

let at: usize = 0;
/** The end of the input. */
let limit: usize = 0;
let result: i32 = 0;
/** The start of the unknown name. */
let nameStart: usize = 0;
let nameEnd: usize = 0;
let recordStart: usize = 0;
/** The start of the canonical text of the record, and its end so far. */
let outStart: usize = 0;
let out: usize = 0;
/** Whether the record differs from its canonical text so far. */
let isRewritten: bool = false;
/** The first byte that is not yet copied, and its distance from its address in the canonical text. */
let from: usize = 0;
let shift: usize = 0;
let holdsUnusual: bool = false;

export function recordParserEnd(): usize {
  return at;
}

/** The end of the input. */
export function recordParserLimit(): usize {
  return limit;
}

export function recordParserNameStart(): usize {
  return nameStart;
}

export function recordParserNameEnd(): usize {
  return nameEnd;
}

/** Sets the end of the input, and the memory for canonical texts, which must be as large as the input, since they are never longer. */
export function openRecordParser(end: usize, outAt: usize): void {
  limit = end;
  outStart = outAt;
}

/**
 * Reads the record at an address. The input must be followed by zeros. Returns the number of its form, or NO_FORM, REFUSED, UNKNOWN_NAME (a
 * name has no number yet) or FULL (the tape is full).
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

/** Keeps the canonical text of the last record until the next batch. */
export function keepParsedRecord(): void {
  if (isRewritten) outStart = out;
}

/** The address for the next canonical text. */
export function parsedRecordStart(): usize {
  return outStart;
}

/** Records that a text of `length` bytes was written there. */
export function addParsedRecord(length: u32): void {
  outStart += length;
}

/** Whether any string may contain hidden characters or signs of damage. Can return true for strings without them, but not the reverse. */
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

/** Skips the bytes up to an address, without copying them. */
function continueAt(address: usize): void {
  from = address;
  shift = out - address;
}

/** Copies the input up to an address, where the canonical text starts to differ. */
function divergeAt(address: usize): void {
  copyUpTo(address);
  if (isRewritten) return;
  isRewritten = true;
  moveTapeEntries(outStart - recordStart);
}

// @ts-ignore: decorator
@inline
function skipSpace(): void {
  if (load<u8>(at) <= 0x20) skipSome();
}

function skipSome(): void {
  const end = afterSpaces(at);
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
  return readLiteral(name);
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
  let flags: u32 = 0;
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
    // Most strings contain none of these.
    if ((i8x16.bitmask(v128.or(v128.or(commas, semicolons), unusual)) & mask) != 0) {
      if ((i8x16.bitmask(commas) & mask) != 0) flags |= QUOTABLE;
      if ((i8x16.bitmask(semicolons) & mask) != 0) flags |= SEMICOLON;
      if ((i8x16.bitmask(unusual) & mask) != 0) flags |= UNUSUAL;
    }
    address += read;
    if (ending == 0) continue;
    const c: u32 = load<u8>(address);
    if (c == 0x22) break;
    if (c != 0x5c) return false;
    const escapeFlags = flagsOfEscape(load<u8>(address, 1));
    if (escapeFlags != 0) {
      flags |= escapeFlags;
      address += 2;
      continue;
    }
    at = address;
    const added = rewriteEscape();
    if (added < 0) return false;
    flags |= <u32>added;
    address = at;
  }
  if ((flags & UNUSUAL) != 0) holdsUnusual = true;
  setTapeHolds(entry, flags);
  closeTapeEntry(entry, address + shift);
  at = address + 1;
  return true;
}

/** The flags of a string with an escape of this letter; 0 if it is a hidden character, or JavaScript writes it differently. */
function flagsOfEscape(letter: u32): u32 {
  if (letter == 0x5c || letter == 0x74) return BACKSLASH;
  if (letter == 0x6e || letter == 0x22) return BACKSLASH | QUOTABLE;
  return letter == 0x72 ? BACKSLASH | QUOTABLE | UNUSUAL : 0;
}

/** The value of four hexadecimal digits at an address; -1 for other characters. */
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

/** Reads `\/`, `\uXXXX` or a surrogate pair, which JavaScript writes differently. Returns flags; -1 for others and hidden characters. */
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
    return <i32>flagsOfEscape(short);
  }
  if (point < 0x20) return -1;
  replaceEscape(end, <u32>point);
  if (point >= 0x7f) return <i32>UNUSUAL;
  return point == 0x2c ? <i32>QUOTABLE : point == 0x3b ? <i32>SEMICOLON : 0;
}

/** Replaces the input up to an address with a character. */
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
    // Trailing zeros, and a point before only zeros, are dropped.
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

function readLiteral(name: i32): bool {
  const four = load<u32>(at);
  // "true", "fals" and "null" in memory order.
  const kind = four == 0x65757274 ? TRUE : four == 0x736c6166 && load<u8>(at, 4) == 0x65 ? FALSE : four == 0x6c6c756e ? NULL : 0;
  if (kind == 0) return false;
  const entry = open(kind, name, at);
  at += kind == FALSE ? 5 : 4;
  closeTapeEntry(entry, at + shift);
  return true;
}

/** Whether the bytes after a letter from À to ÿ may be the rest of a UTF-8 character that was read as Windows-1252. */
function mayContinueUtf8(address: usize): bool {
  const first: u32 = load<u8>(address);
  const second: u32 = load<u8>(address, 1);
  if (first == 0xc5)
    return (
      second == 0x92 || second == 0x93 || second == 0xa0 || second == 0xa1 || second == 0xb8 || second == 0xbd || second == 0xbe
    );
  return first == 0xc2 || first == 0xc6 || first == 0xcb || first == 0xe2;
}

/** Whether a byte starts a character that Mac Roman has in place of a later byte of UTF-8. */
function startsMacCharacter(c: u32): bool {
  return c == 0xc2 || c == 0xc3 || c == 0xce || c == 0xcf || c == 0xe2;
}

/**
 * Whether this and the next character may continue a text that was read as Mac Roman. Most sequences are intended unless others follow: a
 * quotation mark before a letter with an accent is none.
 */
function continuesMacText(address: usize): bool {
  const c: u32 = load<u8>(address);
  return startsMacCharacter(c) && load<u8>(address + (c == 0xe2 ? 3 : 2)) >= 0x80;
}

/** Whether a character of three bytes may be one that Mac Roman or a code page of consoles has in place of a byte of UTF-8. */
function mayBeMisreadSymbol(address: usize, isInWord: bool): bool {
  const c: u32 = load<u8>(address);
  const second: u32 = load<u8>(address, 1);
  const third: u32 = load<u8>(address, 2);
  // The remains of U+FFFD in GBK.
  if (c != 0xe2) return c == 0xe9 && second == 0x94 && third == 0x9f;
  if (second == 0x94) return third == 0x9c;
  // √, ≈ and ‚ tell without others.
  const isTelling = (second == 0x88 && third == 0x9a) || (second == 0x89 && third == 0x88) || (second == 0x80 && third == 0x9a);
  if (isTelling ? startsMacCharacter(load<u8>(address, 3)) : continuesMacText(address + 3)) return true;
  return isInWord && second == 0x80 && (third == 0xa0 || third == 0xa1 || third == 0xb0 || third == 0xb9);
}

/** Whether a Cyrillic letter and the next may be bytes of UTF-8 that were read as Windows-1251. */
function mayBeMisreadCyrillic(second: u32, next: u32, last: u32): bool {
  if (second == 0xb2) return next == 0xd0 && last == 0x82;
  if (second == 0xbf) return next == 0xd1 && last == 0x97;
  if (second != 0xa0 && second != 0xa1) return false;
  return next == 0xc2 || next == 0xe2 || next == 0xd2 || (next == 0xd0 && last < 0x90) || (next == 0xd1 && last > 0x90);
}

/** Whether a letter that was read in another encoding may start here. */
function mayBeMisread(address: usize): bool {
  const c: u32 = load<u8>(address);
  // After a letter, or a byte of one.
  const isInWord = load<u8>(address - 1) >= 0x41;
  if (c >= 0xe0) return mayBeMisreadSymbol(address, isInWord);
  const second: u32 = load<u8>(address, 1);
  const next: u32 = load<u8>(address, 2);
  if (c == 0xd0) return mayBeMisreadCyrillic(second, next, load<u8>(address, 3));
  if (c == 0xc4) return (second == 0x82 || second == 0xb9) && next >= 0x80;
  if (c == 0xc3) return (second < 0x96 || second == 0xbf) && continuesMacText(address + 2);
  // ¬ tells without others.
  if (c == 0xc2) return second == 0xac ? startsMacCharacter(next) : continuesMacText(address + 2);
  if (c == 0xc6 || c == 0xcb) return isInWord || startsMacCharacter(next);
  if (c != 0xc5) return false;
  const isFirstOfTwo = (second == 0x92 || second == 0x93 || second == 0xb8) && continuesMacText(address + 2);
  return isFirstOfTwo || (isInWord && (second == 0x92 || second == 0xa0 || second == 0xb8 || second == 0xbd));
}

/** Whether 0xE2 and these bytes are a bidirectional control character: U+202A to U+202E, U+2066 to U+2069. */
function isBidiControl(second: u32, third: u32): bool {
  return (second == 0x80 && third >= 0xaa && third <= 0xae) || (second == 0x81 && third >= 0xa6 && third <= 0xa9);
}

/** The number of bytes, of the next 16, before the first that is a `\` or not ASCII. */
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
    else if (c == 0xc3 && address + 2 < end && mayContinueUtf8(address + 2)) return true;
    else if (c == 0xe2 && isBidiControl(load<u8>(address, 1), load<u8>(address, 2))) return true;
    else if (c >= 0xc2 && mayBeMisread(address)) return true;
  }
  return false;
}
