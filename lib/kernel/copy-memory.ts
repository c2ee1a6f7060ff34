/**
 * Copies bytes into others, at an offset. Bytes of shared memory that start at another multiple of a word than their copy are copied one by one
 * by `set`, which takes ten times as long; `Buffer.fill` is a memcpy.
 */
export function copyMemory(to: Uint8Array, from: Uint8Array, offset = 0): void {
  // There is nothing to fill with.
  if (from.length > 0) Buffer.prototype.fill.call(to, from, offset, offset + from.length);
}
