// Bytes are compared eight at a time: up to seven bytes after the range are read, but ignored.

/** The number of equal bytes from two addresses, up to `end` of the first. */
export function countSameBytes(a: usize, b: usize, end: usize): usize {
  const start = a;
  for (; a + 8 <= end; a += 8, b += 8) {
    const difference = load<u64>(a) ^ load<u64>(b);
    if (difference != 0) return a - start + (<usize>ctz(difference) >>> 3);
  }
  if (a == end) return a - start;
  const difference = load<u64>(a) ^ load<u64>(b);
  return a - start + min(end - a, difference == 0 ? 8 : <usize>ctz(difference) >>> 3);
}

/** Whether `length` bytes from two addresses are equal. */
// @ts-ignore: decorator
@inline
export function areSameBytes(a: usize, b: usize, length: usize): bool {
  if (length < 8) return length == 0 || (load<u64>(a) ^ load<u64>(b)) << (64 - ((<u64>length) << 3)) == 0;
  const last = length - 8;
  for (let i: usize = 0; i < last; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  return load<u64>(a + last) == load<u64>(b + last);
}

/** Negative if the first bytes come before the others. */
export function compareBytes(a: usize, aLength: usize, b: usize, bLength: usize): i32 {
  const length = min(aLength, bLength);
  const same = countSameBytes(a, b, a + length);
  return same < length ? <i32>load<u8>(a + same) - <i32>load<u8>(b + same) : <i32>aLength - <i32>bLength;
}

/** Copies bytes, of which there are usually few. Up to 15 bytes after the copy are overwritten too; later output replaces them. */
// @ts-ignore: decorator
@inline
export function copyBytes(to: usize, from: usize, length: usize): void {
  if (length > 128) memory.copy(to, from, length);
  else for (let i: usize = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i));
}
