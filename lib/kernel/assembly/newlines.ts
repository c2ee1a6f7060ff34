let last: usize = 0;

/** Counts line breaks. */
export function countNewlines(from: usize, to: usize): u32 {
  let count: u32 = 0;
  let at = from;
  last = 0;
  for (; at + 16 <= to; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0x0a)));
    if (found == 0) continue;
    count += <u32>popcnt(found);
    last = at + 31 - clz(found);
  }
  for (; at < to; at += 1)
    if (load<u8>(at) == 0x0a) {
      count += 1;
      last = at;
    }
  return count;
}

/** The address of the last line break that was counted. */
export function lastNewline(): usize {
  return last;
}
