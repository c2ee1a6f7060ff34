import { FIRST_LAYOUT } from "../../contract/layout.ts";
import { findForbiddenCharacter } from "../../diagnostics/character-name.ts";
import { findDamage } from "../../diagnostics/find-damage.ts";
import type { ByteWriter } from "./byte-writer.ts";
import type { Names } from "./names.ts";
import { Holds, Kind, NO_NAME, Tape } from "./tape.ts";

const code = (character: string): number => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code("\\");
const SPACE = code(" ");
const COMMA = code(",");
const COLON = code(":");
const MINUS = code("-");
const POINT = code(".");
const ZERO = code("0");
const NINE = code("9");
const OPEN_OBJECT = code("{");
const CLOSE_OBJECT = code("}");
const OPEN_LIST = code("[");
const CLOSE_LIST = code("]");

/** No number with more digits prints as it is written. */
const MAX_DIGITS = 15;
/** JavaScript writes a number with more zeros after the point with an exponent. */
const MAX_LEADING_ZEROS = 5;
const MAX_DEPTH = 64;

/** What a byte within quotes means: a set of `Holds`, or one of these. 0: a plain character. */
const END_OF_TEXT = 64;
const NOT_IN_TEXT = 128;
const IN_TEXT = new Uint8Array(256);
IN_TEXT.fill(NOT_IN_TEXT, 0, SPACE);
IN_TEXT.fill(Holds.unusual, 0x7f);
IN_TEXT[QUOTE] = END_OF_TEXT;
IN_TEXT[BACKSLASH] = Holds.backslash;
IN_TEXT[COMMA] = Holds.quotable;
IN_TEXT[code(";")] = Holds.semicolon;

const isDigit = (c: number | undefined): boolean => c !== undefined && c >= ZERO && c <= NINE;

/** Characters that are written with `\` and a letter. */
const SHORT_ESCAPES: Record<number, string> = { 9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\" };

/** What a string holds that has one of these letters after a `\`; others are refused: what `\b` and `\f` stand for is hidden. */
const ESCAPES: Record<number, number> = {
  [BACKSLASH]: Holds.backslash,
  [code("t")]: Holds.backslash,
  [code("n")]: Holds.backslash | Holds.quotable,
  [QUOTE]: Holds.backslash | Holds.quotable,
  [code("r")]: Holds.backslash | Holds.quotable | Holds.unusual,
};

const WORDS: [number, Uint8Array][] = [
  [Kind.true, Buffer.from("true")],
  [Kind.false, Buffer.from("false")],
  [Kind.null, Buffer.from("null")],
];

/** Four hexadecimal digits at an offset; -1 where they are none. */
function hexAt(bytes: Uint8Array, offset: number): number {
  let value = 0;
  for (let i = offset; i < offset + 4; i += 1) {
    const c = bytes[i] ?? 0;
    const lower = c | 0x20;
    const digit = isDigit(c) ? c - ZERO : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** Whether what follows a letter from À to ÿ at an offset may be the rest of a UTF-8 character that was read as Windows-1252. */
function mayGoOn(bytes: Uint8Array, offset: number): boolean {
  const [first = 0, second = 0] = [bytes[offset], bytes[offset + 1]];
  if (first === 0xc5) return [0x92, 0x93, 0xa0, 0xa1, 0xb8, 0xbd, 0xbe].includes(second);
  return first === 0xc2 || first === 0xc6 || first === 0xcb || first === 0xe2;
}

/** Whether 0xE2 and these bytes are a character that turns the direction of text: U+202A to U+202E, U+2066 to U+2069. */
const turnsText = (second: number, third: number): boolean =>
  (second === 0x80 && third >= 0xaa && third <= 0xae) || (second === 0x81 && third >= 0xa6 && third <= 0xa9);

/** Whether a text may hold hidden characters or damage. Says yes too often: for exactness the text itself is asked. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: a table of byte sequences
function maySurprise(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) {
    const c = bytes[i] as number;
    if (c === BACKSLASH) {
      if (bytes[i + 1] === code("r") && !(bytes[i + 2] === BACKSLASH && bytes[i + 3] === code("n"))) return true;
      i += 1;
    } else if (c < 0x7f) continue;
    else if (c === 0x7f || c === 0xef) return true;
    else if (c === 0xc2 && (bytes[i + 1] as number) < 0xa0) return true;
    else if (c === 0xc3 && i + 2 < end && mayGoOn(bytes, i + 2)) return true;
    else if (c === 0xe2 && turnsText(bytes[i + 1] as number, bytes[i + 2] as number)) return true;
  }
  return false;
}

/**
 * Reads records into a tape and writes each as `JSON.stringify` would: the canonical text, without white space and with the fewest
 * escapes. A record is refused where that text, or what `JSON.parse` passes over in silence, is not certain.
 */
export class RecordScanner {
  readonly tape = new Tape();
  readonly #names: Names;
  readonly #looksForDamage: boolean;
  readonly #out: ByteWriter;
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  /** The first byte that is not yet copied. */
  #from = 0;
  /** Distance from a byte that is not yet copied to its place in the canonical text. */
  #shift = 0;
  readonly #unusual: number[] = [];
  /** The last object in which a name was seen, for names that stand twice. */
  #seen = new Int32Array(64);
  #object = 0;

  constructor(names: Names, layout: number, out: ByteWriter) {
    this.#names = names;
    this.#looksForDamage = layout > FIRST_LAYOUT;
    this.#out = out;
  }

  /** Reads the record at an offset; returns the offset after it. Returns -1, and writes nothing, where it is refused. */
  scan(bytes: Uint8Array, start: number): number {
    const out = this.#out;
    const before = out.length;
    // The canonical text is never longer than what is read.
    out.reserve(bytes.length - start);
    this.#bytes = bytes;
    this.#at = start;
    this.#from = start;
    this.#shift = before - start;
    this.tape.size = 0;
    this.#unusual.length = 0;
    if (bytes[start] === OPEN_OBJECT && this.#readObject(NO_NAME, 0)) {
      this.#copyUpTo(this.#at);
      if (this.#hasNoSurprise()) return this.#at;
    }
    out.length = before;
    return -1;
  }

  /** Copies what is read up to an offset. */
  #copyUpTo(offset: number): void {
    this.#out.copy(this.#bytes, this.#from, offset);
    this.#continueAt(offset);
  }

  /** Leaves out what stands before an offset and is not copied. */
  #continueAt(offset: number): void {
    this.#from = offset;
    this.#shift = this.#out.length - offset;
  }

  #skipSpace(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    let c = bytes[at] as number;
    if (c > SPACE) return;
    while (c === SPACE || c === 0x0a || c === 0x0d || c === 0x09) {
      at += 1;
      c = bytes[at] as number;
    }
    if (at === this.#at) return;
    this.#copyUpTo(this.#at);
    this.#continueAt(at);
    this.#at = at;
  }

  #readValue(name: number, depth: number): boolean {
    const c = this.#bytes[this.#at] as number;
    if (c === QUOTE) return this.#readString(name);
    if (c === OPEN_OBJECT) return this.#readObject(name, depth);
    if (c === OPEN_LIST) return this.#readList(name, depth);
    if (c === MINUS || isDigit(c)) return this.#readNumber(name);
    return this.#readWord(name);
  }

  #readObject(name: number, depth: number): boolean {
    const { tape } = this;
    if (depth > MAX_DEPTH) return false;
    const object = tape.add(Kind.object, name, this.#at + this.#shift);
    this.#at += 1;
    this.#skipSpace();
    let before = NO_NAME;
    let isLast = this.#bytes[this.#at] === CLOSE_OBJECT;
    if (isLast) this.#at += 1;
    while (!isLast) {
      before = this.#readName(before, name);
      if (before < 0) return false;
      this.#skipSpace();
      if (this.#bytes[this.#at] !== COLON) return false;
      this.#at += 1;
      this.#skipSpace();
      if (!this.#readValue(before, depth + 1)) return false;
      this.#skipSpace();
      const c = this.#bytes[this.#at];
      this.#at += 1;
      if (c === CLOSE_OBJECT) isLast = true;
      else if (c !== COMMA) return false;
      else this.#skipSpace();
    }
    tape.close(object, this.#at + this.#shift);
    return this.#hasNamesOnce(object);
  }

  #readList(name: number, depth: number): boolean {
    const { tape } = this;
    if (depth > MAX_DEPTH) return false;
    const list = tape.add(Kind.list, name, this.#at + this.#shift);
    this.#at += 1;
    this.#skipSpace();
    let isLast = this.#bytes[this.#at] === CLOSE_LIST;
    if (isLast) this.#at += 1;
    while (!isLast) {
      if (!this.#readValue(NO_NAME, depth + 1)) return false;
      this.#skipSpace();
      const c = this.#bytes[this.#at];
      this.#at += 1;
      if (c === CLOSE_LIST) isLast = true;
      else if (c !== COMMA) return false;
      else this.#skipSpace();
    }
    tape.close(list, this.#at + this.#shift);
    return true;
  }

  /** Reads the name of a property; returns its number, or -1. */
  #readName(before: number, inside: number): number {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== QUOTE) return -1;
    const start = this.#at + 1;
    const expected = this.#names.expected(before, inside);
    const after = this.#names.matchAt(expected, bytes, start);
    if (after >= 0) {
      this.#at = after;
      return expected;
    }
    let end = start;
    while (((IN_TEXT[bytes[end] as number] ?? NOT_IN_TEXT) & ~(Holds.quotable | Holds.semicolon | Holds.unusual)) === 0) end += 1;
    if (bytes[end] !== QUOTE) return -1;
    this.#at = end + 1;
    const name = this.#names.numberOf(bytes, start, end);
    if (name >= 0) this.#names.expect(name, before, inside);
    return name;
  }

  #hasNamesOnce(object: number): boolean {
    const { tape } = this;
    this.#object = (this.#object + 1) | 0;
    if (this.#seen.length < this.#names.size) this.#seen = new Int32Array(this.#names.size * 2);
    const end = tape.nexts[object] as number;
    for (let entry = object + 1; entry < end; entry = tape.nexts[entry] as number) {
      const name = tape.names[entry] as number;
      if (this.#seen[name] === this.#object) return false;
      this.#seen[name] = this.#object;
    }
    return true;
  }

  #readString(name: number): boolean {
    const bytes = this.#bytes;
    const entry = this.tape.add(Kind.string, name, this.#at + 1 + this.#shift);
    let at = this.#at + 1;
    let holds = 0;
    for (;;) {
      const meaning = IN_TEXT[bytes[at] as number];
      if (meaning === 0) at += 1;
      else if (meaning === END_OF_TEXT) break;
      else if (meaning === Holds.backslash) {
        this.#at = at;
        const added = this.#readEscape();
        if (added < 0) return false;
        holds |= added;
        at = this.#at;
      } else if (meaning === undefined || meaning === NOT_IN_TEXT) return false;
      else {
        holds |= meaning;
        at += 1;
      }
    }
    this.tape.holds[entry] = holds;
    if ((holds & Holds.unusual) !== 0) this.#unusual.push(entry);
    this.tape.close(entry, at + this.#shift);
    this.#at = at + 1;
    return true;
  }

  /** Reads from a backslash on; returns what it adds to what the string holds, or -1. */
  #readEscape(): number {
    const c = this.#bytes[this.#at + 1];
    if (c === code("u")) return this.#readUnicodeEscape();
    if (c === code("/")) {
      this.#copyUpTo(this.#at);
      this.#continueAt(this.#at + 1);
      this.#at += 2;
      return 0;
    }
    this.#at += 2;
    return ESCAPES[c as number] ?? -1;
  }

  /** Puts a character in place of `\uXXXX`, or of two that make one character. */
  #readUnicodeEscape(): number {
    const bytes = this.#bytes;
    let point = hexAt(bytes, this.#at + 2);
    let end = this.#at + 6;
    if (point < 0) return -1;
    if (point >= 0xd800 && point <= 0xdfff) {
      const low = bytes[end] === BACKSLASH && bytes[end + 1] === code("u") ? hexAt(bytes, end + 2) : -1;
      if (point >= 0xdc00 || low < 0xdc00 || low > 0xdfff) return -1;
      point = 0x10000 + (point - 0xd800) * 0x400 + (low - 0xdc00);
      end += 6;
    }
    const written = SHORT_ESCAPES[point] ?? String.fromCodePoint(point);
    if (written < " ") return -1;
    this.#copyUpTo(this.#at);
    this.#out.text(written);
    this.#continueAt(end);
    this.#at = end;
    if (point >= 0x7f) return Holds.unusual;
    return ESCAPES[written.charCodeAt(1)] ?? (IN_TEXT[point] as number);
  }

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: the grammar of a JSON number
  #readNumber(name: number): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    if (bytes[at] === MINUS) at += 1;
    const whole = at;
    if (bytes[at] === ZERO) at += 1;
    else while (isDigit(bytes[at])) at += 1;
    let digits = at - whole;
    if (digits === 0) return false;
    let end = at;
    if (bytes[at] === POINT) {
      const point = at;
      at += 1;
      while (isDigit(bytes[at])) at += 1;
      if (at === point + 1) return false;
      // Zeros at the end are not written again, nor a point before nothing.
      end = at;
      while (bytes[end - 1] === ZERO) end -= 1;
      if (end - 1 === point) end = point;
      else digits += end - point - 1;
      if (bytes[whole] === ZERO && end > point && leadingZeros(bytes, point + 1) > MAX_LEADING_ZEROS) return false;
    }
    const isMinusZero = whole > start && bytes[whole] === ZERO && end === whole + 1;
    if (digits > MAX_DIGITS || isMinusZero) return false;
    const kind = end > whole + digits ? Kind.fraction : Kind.integer;
    const entry = this.tape.add(kind, name, start + this.#shift);
    this.tape.close(entry, end + this.#shift);
    if (end < at) {
      this.#copyUpTo(end);
      this.#continueAt(at);
    }
    this.#at = at;
    return true;
  }

  #readWord(name: number): boolean {
    const [kind, word] = WORDS.find(([, word]) => word[0] === this.#bytes[this.#at]) ?? [];
    if (!kind || !word) return false;
    for (let i = 0; i < word.length; i += 1) if (this.#bytes[this.#at + i] !== word[i]) return false;
    const entry = this.tape.add(kind, name, this.#at + this.#shift);
    this.#at += word.length;
    this.tape.close(entry, this.#at + this.#shift);
    return true;
  }

  #hasNoSurprise(): boolean {
    const { bytes } = this.#out;
    for (const entry of this.#unusual) {
      const [start, end] = [this.tape.starts[entry] as number, this.tape.ends[entry] as number];
      if (!maySurprise(bytes, start, end)) continue;
      const text = JSON.parse(bytes.toString("utf8", start - 1, end + 1)) as string;
      if (findForbiddenCharacter(text) !== undefined || (this.#looksForDamage && findDamage(text) !== undefined)) return false;
    }
    return true;
  }
}

function leadingZeros(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === ZERO) at += 1;
  return at - start;
}
