// The hybrid of run-length encoding and bit packing (parquet-format, Encodings.md, RLE = 3).

export function writeVarint(out: usize, value: u32): usize {
  for (; value >= 128; value >>>= 7) store<u8>(out++, value | 128);
  store<u8>(out, value);
  return out + 1;
}

// @ts-ignore: decorator
@inline
function valueAt<T>(values: usize, i: u32): u32 {
  return <u32>load<T>(values + <usize>i * sizeof<T>());
}

/** Writes `count` values from index `from`, packed from the least significant bit. An incomplete group of eight is padded with 0. */
function writePacked<T>(out: usize, values: usize, from: u32, count: u32, width: u32): usize {
  const groups = (count + 7) / 8;
  out = writeVarint(out, 2 * groups + 1);
  let bits: u64 = 0;
  let held: u32 = 0;
  for (let i: u32 = 0; i < 8 * groups; i += 1) {
    if (i < count) bits |= <u64>valueAt<T>(values, from + i) << held;
    for (held += width; held >= 8; held -= 8) {
      store<u8>(out++, bits);
      bits >>= 8;
    }
  }
  return out;
}

/** Writes the values from `from` up to `to`, without a length prefix. Eight or more equal values are written as a run. */
export function writeRle<T>(out: usize, values: usize, from: u32, to: u32, width: u32): usize {
  let start = from;
  let i = from;
  while (i < to) {
    const value = valueAt<T>(values, i);
    let end = i + 1;
    while (end < to && valueAt<T>(values, end) == value) end += 1;
    const run = end - i;
    // Packed values come in groups of eight, so a run may start only at the end of a group.
    const missing: u32 = (8 - ((i - start) % 8)) % 8;
    if (run < missing + 8) {
      i = end;
      continue;
    }
    if (i + missing > start) out = writePacked<T>(out, values, start, i + missing - start, width);
    out = writeVarint(out, 2 * (run - missing));
    for (let shift: u32 = 0; shift < width; shift += 8) store<u8>(out++, value >>> shift);
    i = end;
    start = i;
  }
  return to > start ? writePacked<T>(out, values, start, to - start, width) : out;
}

/** Writes 32-bit values. */
export function writeWordRle(out: usize, values: usize, from: u32, to: u32, width: u32): usize {
  return writeRle<u32>(out, values, from, to, width);
}
