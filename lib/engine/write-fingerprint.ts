/** Mixes all bits of a number into each other (MurmurHash3, fmix32). */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Writes a 64-bit fingerprint of bytes as two words. Random collisions have a probability of 1 in 2^64, but collisions can be crafted: if
 * fingerprints are equal, compare the bytes.
 */
// biome-ignore lint/complexity/useMaxParams: hot path: a range of bytes and where to write, without an object for each key
export function writeFingerprint(bytes: Uint8Array, start: number, end: number, to: Uint32Array, at: number): void {
  let a = 0x9e3779b9 ^ (end - start);
  let b = 0x51ed270b;
  for (let i = start; i < end; i += 1) {
    const c = bytes[i] as number;
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x5bd1e995);
    b ^= b >>> 15;
  }
  to[at] = mix(a);
  to[at + 1] = mix(b ^ (a >>> 7));
}
