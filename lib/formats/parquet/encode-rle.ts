import type { ByteSink } from "./byte-sink.ts";

/** Bits that a number up to `max` takes. */
export const rleBitWidth = (max: number): number => 32 - Math.clz32(max);

/** Equal values from here on, up to `to`. */
function runLength(values: Uint8Array | Uint32Array, from: number, to: number): number {
  let end = from + 1;
  while (end < to && values[end] === values[from]) end += 1;
  return end - from;
}

/** `count` values from `from`, packed from the least significant bit on; what is missing of a group of eight is 0. */
function packed(sink: ByteSink, values: Uint8Array | Uint32Array, from: number, count: number, width: number): void {
  const groups = Math.ceil(count / 8);
  sink.varint(2 * groups + 1);
  // At most 7 bits wait in `bits`, and a dictionary has less than 2^20 entries.
  let bits = 0;
  let held = 0;
  for (let i = 0; i < 8 * groups; i += 1) {
    bits |= (i < count ? (values[from + i] as number) : 0) << held;
    for (held += width; held >= 8; held -= 8) {
      sink.byte(bits & 0xff);
      bits >>>= 8;
    }
  }
}

/**
 * The hybrid of run lengths and bit packing (parquet-format, Encodings.md, RLE = 3) without a length before it. Runs of eight and more
 * equal values are written as such.
 */
export function encodeRle(sink: ByteSink, values: Uint8Array | Uint32Array, from: number, to: number, width: number): void {
  let start = from;
  let i = from;
  while (i < to) {
    const run = runLength(values, i, to);
    // Packed values come in groups of eight: a run may start only where a group ends.
    const missing = (8 - ((i - start) % 8)) % 8;
    if (run - missing < 8) {
      i += run;
      continue;
    }
    if (i + missing > start) packed(sink, values, start, i + missing - start, width);
    sink.varint(2 * (run - missing));
    for (let shift = 0; shift < width; shift += 8) sink.byte(((values[i] as number) >>> shift) & 0xff);
    i += run;
    start = i;
  }
  if (to > start) packed(sink, values, start, to - start, width);
}
