import { isAscii } from "node:buffer";

/** A position in a file, from 1; columns in UTF-16 code units. */
export interface LineLocation {
  line: number;
  column: number;
}

/** How far a span of bytes advances a position. */
export interface LineSpan {
  newlines: number;
  /** UTF-16 code units after the last line break, or all if there is none. */
  units: number;
}

/** Length of UTF-8 bytes in UTF-16 code units, in which columns are counted. */
export function lineSpanUnits(bytes: Uint8Array): number {
  if (isAscii(bytes)) return bytes.length;
  let units = 0;
  // Continuation bytes (10xxxxxx) do not count; a sequence of four bytes is two units.
  for (let i = 0; i < bytes.length; i += 1) if (((bytes[i] as number) & 0xc0) !== 0x80) units += (bytes[i] as number) >= 0xf0 ? 2 : 1;
  return units;
}

export function lineSpanOf(array: Uint8Array): LineSpan {
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.length);
  let newlines = 0;
  let last = -1;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    newlines += 1;
    last = at;
  }
  return { newlines, units: lineSpanUnits(bytes.subarray(last + 1)) };
}

/** The position at the end of a span. */
export const lineAfterSpan = ({ line, column }: LineLocation, { newlines, units }: LineSpan): LineLocation =>
  newlines === 0 ? { line, column: column + units } : { line: line + newlines, column: units + 1 };
