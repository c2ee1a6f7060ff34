import { Holds } from "./tape.ts";
import { ESCAPES, IN_TEXT } from "./text-bytes.ts";

const code = (character: string): number => character.charCodeAt(0);
const BACKSLASH = code("\\");

/** Characters that are written with `\` and a letter. */
const SHORT_ESCAPES: Record<number, string> = { 9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\" };

/** Four hexadecimal digits at an offset; -1 where they are none. */
function hexAt(bytes: Uint8Array, offset: number): number {
  let value = 0;
  for (let i = offset; i < offset + 4; i += 1) {
    const c = bytes[i] ?? 0;
    const lower = c | 0x20;
    const digit = c >= 0x30 && c <= 0x39 ? c - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** Reads an escape that JavaScript writes in another way: `\/`, `\uXXXX`, or two of those that make one character. */
export class EscapeBytes {
  /** What JavaScript writes instead. */
  written = "";
  /** What that adds to what the string holds. */
  holds = 0;
  /** The offset after the escape. */
  end = 0;

  /** Reads the escape whose backslash is at an offset; false where it is none of these, or stands for a hidden character. */
  read(bytes: Uint8Array, at: number): boolean {
    if (bytes[at + 1] === code("u")) return this.#readUnicode(bytes, at);
    this.written = "/";
    this.holds = 0;
    this.end = at + 2;
    return bytes[at + 1] === code("/");
  }

  #readUnicode(bytes: Uint8Array, at: number): boolean {
    let point = hexAt(bytes, at + 2);
    let end = at + 6;
    if (point < 0) return false;
    if (point >= 0xd800 && point <= 0xdfff) {
      const low = bytes[end] === BACKSLASH && bytes[end + 1] === code("u") ? hexAt(bytes, end + 2) : -1;
      if (point >= 0xdc00 || low < 0xdc00 || low > 0xdfff) return false;
      point = 0x10000 + (point - 0xd800) * 0x400 + (low - 0xdc00);
      end += 6;
    }
    const written = SHORT_ESCAPES[point] ?? String.fromCodePoint(point);
    if (written < " ") return false;
    this.written = written;
    this.end = end;
    if (point >= 0x7f) this.holds = Holds.unusual;
    else this.holds = (written.length === 2 ? ESCAPES[written.charCodeAt(1)] : IN_TEXT[point]) as number;
    return true;
  }
}
