/** The first address from `at` that holds no white space of JSON. Up to 15 bytes after it are read, but ignored. */
export function afterSpaces(at: usize): usize {
  let address = at;
  while (true) {
    const bytes = v128.load(address);
    const blanks = v128.or(i8x16.eq(bytes, i8x16.splat(0x20)), i8x16.eq(bytes, i8x16.splat(0x09)));
    const breaks = v128.or(i8x16.eq(bytes, i8x16.splat(0x0a)), i8x16.eq(bytes, i8x16.splat(0x0d)));
    const others = ~i8x16.bitmask(v128.or(blanks, breaks)) & 0xffff;
    if (others != 0) return address + <usize>ctz(others);
    address += 16;
  }
}
