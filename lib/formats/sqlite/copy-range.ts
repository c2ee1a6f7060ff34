/** Maximum bytes for which a loop is faster than `set`. */
const LOOP_BYTES = 96;

/** Copies a range of bytes to an offset of another array; returns the offset after the copy. */
// biome-ignore lint/complexity/useMaxParams: hot path: two ranges of bytes, without an object for each
export function copyRange(to: Uint8Array, at: number, from: Uint8Array, start: number, end: number): number {
  if (end - start > LOOP_BYTES) to.set(from.subarray(start, end), at);
  else for (let i = start, o = at; i < end; i += 1, o += 1) to[o] = from[i] as number;
  return at + end - start;
}
