/** Size of an integer from 0 up to 2^53 as an SQLite varint (Database File Format, 1.6). */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = Math.floor(value / 128); rest > 0 && length < 8; rest = Math.floor(rest / 128)) length += 1;
  return length;
}

/** Writes a varint, highest bits first; returns the offset after it. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  const length = varintLength(value);
  let rest = value;
  for (let i = length - 1; i >= 0; i -= 1) {
    bytes[at + i] = (rest % 128) | (i === length - 1 ? 0 : 128);
    rest = Math.floor(rest / 128);
  }
  return at + length;
}
