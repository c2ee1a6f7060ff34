/**
 * Copies bytes to an offset of another array. `Buffer.fill` is a memcpy, while `set` copies byte by byte between shared memory and an array
 * with another word alignment, which takes ten times as long.
 */
export function copyMemory(to: Uint8Array, from: Uint8Array, offset = 0): void {
  // `fill` requires a non-empty value.
  if (from.length > 0) Buffer.prototype.fill.call(to, from, offset, offset + from.length);
}
