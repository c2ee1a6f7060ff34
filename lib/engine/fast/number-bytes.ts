import { Kind } from "./tape.ts";

const code = (character: string): number => character.charCodeAt(0);
const MINUS = code("-");
const POINT = code(".");
const ZERO = code("0");
const NINE = code("9");

/** No number with more digits prints as it is written. */
const MAX_DIGITS = 15;
/** JavaScript writes a number with more zeros after the point with an exponent. */
const MAX_LEADING_ZEROS = 5;

/** No byte, beyond the end, is no digit either. */
const isDigit = (c: number | undefined): boolean => (c as number) >= ZERO && (c as number) <= NINE;

/** Reads a number of which it is certain how JavaScript writes it. */
export class NumberBytes {
  kind: number = Kind.integer;
  /** The offset after the number. */
  end = 0;
  /** The offset after what JavaScript writes of it: zeros at its end are not written. */
  writtenEnd = 0;

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: the grammar of a JSON number
  read(bytes: Uint8Array, start: number): boolean {
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
    this.kind = end > whole + digits ? Kind.fraction : Kind.integer;
    this.end = at;
    this.writtenEnd = end;
    return true;
  }
}

function leadingZeros(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === ZERO) at += 1;
  return at - start;
}
