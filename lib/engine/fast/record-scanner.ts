import type { ByteWriter } from "./byte-writer.ts";
import { EscapeBytes } from "./escape-bytes.ts";
import type { Names } from "./names.ts";
import { NumberBytes } from "./number-bytes.ts";
import { isSurprising } from "./surprising-text.ts";
import { Holds, Kind, NO_NAME, type Tape } from "./tape.ts";
import { END_OF_TEXT, ESCAPE, ESCAPES, IN_TEXT } from "./text-bytes.ts";

const code = (character: string): number => character.charCodeAt(0);
const QUOTE = code('"');
const SPACE = code(" ");
const COMMA = code(",");
const COLON = code(":");
const MINUS = code("-");
const OPEN_OBJECT = code("{");
const CLOSE_OBJECT = code("}");
const OPEN_LIST = code("[");
const CLOSE_LIST = code("]");

const MAX_DEPTH = 64;

const WORDS: [number, Uint8Array][] = [
  [Kind.true, Buffer.from("true")],
  [Kind.false, Buffer.from("false")],
  [Kind.null, Buffer.from("null")],
];

/**
 * Reads records into a tape and writes each as `JSON.stringify` would: the canonical text, without white space and with the fewest
 * escapes. A record is refused where that text, or what `JSON.parse` passes over in silence, is not certain.
 */
export class RecordScanner {
  readonly #tape: Tape;
  readonly #names: Names;
  readonly #numbers = new NumberBytes();
  readonly #escapes = new EscapeBytes();
  readonly #layout: number;
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

  constructor(tape: Tape, names: Names, layout: number, out: ByteWriter) {
    this.#tape = tape;
    this.#names = names;
    this.#layout = layout;
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
    this.#tape.clear();
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

  /** Adds a value that starts at an offset of what is read. */
  #open(kind: number, name: number, at: number): number {
    return this.#tape.add(kind, name, at + this.#shift, at);
  }

  #close(entry: number, at: number): void {
    this.#tape.close(entry, at + this.#shift, at);
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
    if (c === MINUS || (c >= code("0") && c <= code("9"))) return this.#readNumber(name);
    return this.#readWord(name);
  }

  #readObject(name: number, depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    const object = this.#open(Kind.object, name, this.#at);
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
    this.#close(object, this.#at);
    return this.#hasNamesOnce(object);
  }

  #readList(name: number, depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    const list = this.#open(Kind.list, name, this.#at);
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
    this.#close(list, this.#at);
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
    while ((IN_TEXT[bytes[end] as number] as number) < ESCAPE) end += 1;
    if (bytes[end] !== QUOTE) return -1;
    this.#at = end + 1;
    const name = this.#names.numberOf(bytes, start, end);
    if (name >= 0) this.#names.expect(name, before, inside);
    return name;
  }

  #hasNamesOnce(object: number): boolean {
    const tape = this.#tape;
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
    const entry = this.#open(Kind.string, name, this.#at + 1);
    let at = this.#at + 1;
    let holds = 0;
    for (;;) {
      const meaning = IN_TEXT[bytes[at] as number] as number;
      if (meaning < ESCAPE) {
        holds |= meaning;
        at += 1;
      } else if (meaning === ESCAPE) {
        this.#at = at;
        const added = this.#readEscape();
        if (added < 0) return false;
        holds |= added;
        at = this.#at;
      } else if (meaning === END_OF_TEXT) break;
      else return false;
    }
    this.#tape.holds[entry] = holds;
    if ((holds & Holds.unusual) !== 0) this.#unusual.push(entry);
    this.#close(entry, at);
    this.#at = at + 1;
    return true;
  }

  /** Reads from a backslash on; returns what it adds to what the string holds, or -1. */
  #readEscape(): number {
    const added = ESCAPES[this.#bytes[this.#at + 1] as number];
    if (added !== 0) {
      this.#at += 2;
      return added ?? -1;
    }
    const escapes = this.#escapes;
    if (!escapes.read(this.#bytes, this.#at)) return -1;
    this.#copyUpTo(this.#at);
    this.#out.text(escapes.written);
    this.#continueAt(escapes.end);
    this.#at = escapes.end;
    return escapes.holds;
  }

  #readNumber(name: number): boolean {
    const numbers = this.#numbers;
    if (!numbers.read(this.#bytes, this.#at)) return false;
    const entry = this.#open(numbers.kind, name, this.#at);
    this.#tape.close(entry, numbers.writtenEnd + this.#shift, numbers.end);
    if (numbers.writtenEnd < numbers.end) {
      this.#copyUpTo(numbers.writtenEnd);
      this.#continueAt(numbers.end);
    }
    this.#at = numbers.end;
    return true;
  }

  #readWord(name: number): boolean {
    const [kind, word] = WORDS.find(([, word]) => word[0] === this.#bytes[this.#at]) ?? [];
    if (!kind || !word) return false;
    for (let i = 0; i < word.length; i += 1) if (this.#bytes[this.#at + i] !== word[i]) return false;
    const entry = this.#open(kind, name, this.#at);
    this.#at += word.length;
    this.#close(entry, this.#at);
    return true;
  }

  #hasNoSurprise(): boolean {
    const { starts, ends } = this.#tape;
    for (const entry of this.#unusual)
      if (isSurprising(this.#out.bytes, starts[entry] as number, ends[entry] as number, this.#layout)) return false;
    return true;
  }
}
