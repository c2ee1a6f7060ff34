// Snappy (google/snappy, format_description.txt). The output depends only on the input, because each block starts with an empty hash table.

import { copyBytes, countSameBytes } from "./bytes";

const BLOCK_BYTES: usize = 1 << 16;
const MAX_TABLE_BITS: u32 = 14;
/** Minimum distance of a match from the end of its block, in bytes. */
const MARGIN: usize = 15;

/** Offsets within a block, by hash. */
const table: usize = memory.data(1 << 15, 8);

/** 2.1. Literals. */
function writeLiteral(out: usize, from: usize, to: usize): usize {
  if (from == to) return out;
  const length = to - from;
  const last = <u32>length - 1;
  if (last < 60) store<u8>(out++, last << 2);
  else {
    const isLong = last >= 1 << 8;
    store<u8>(out++, (isLong ? 61 : 60) << 2);
    store<u8>(out++, last);
    if (isLong) store<u8>(out++, last >>> 8);
  }
  copyBytes(out, from, length);
  return out + length;
}

function writeLongCopy(out: usize, offset: u32, length: u32): usize {
  store<u8>(out, ((length - 1) << 2) | 2);
  store<u16>(out, offset, 1);
  return out + 3;
}

/** 2.2. Copies. */
function writeCopy(out: usize, offset: u32, length: u32): usize {
  // Leaves at least 4 bytes for the last copy, which can then be a short one.
  for (; length >= 68; length -= 64) out = writeLongCopy(out, offset, 64);
  if (length > 64) {
    out = writeLongCopy(out, offset, 60);
    length -= 60;
  }
  if (length >= 12 || offset >= 2048) return writeLongCopy(out, offset, length);
  store<u8>(out, ((offset >>> 8) << 5) | ((length - 4) << 2) | 1);
  store<u8>(out, offset, 1);
  return out + 2;
}

function compressBlock(start: usize, end: usize, out: usize): usize {
  const bits = min<u32>(MAX_TABLE_BITS, max<u32>(8, 32 - clz<u32>(<u32>(end - start) - 1)));
  const shift = 32 - bits;
  memory.fill(table, 0, 2 << bits);
  let at = start + 1;
  let literal = start;
  /** The step between attempts grows while nothing matches. */
  let misses: u32 = 32;
  while (at + MARGIN <= end) {
    const four = load<u32>(at);
    const slot = table + <usize>(((four * 0x1e35a7bd) >>> shift) << 1);
    const candidate = start + <usize>load<u16>(slot);
    store<u16>(slot, <u32>(at - start));
    if (load<u32>(candidate) != four) {
      at += misses >>> 5;
      misses += 1;
      continue;
    }
    const length = 4 + <u32>countSameBytes(at + 4, candidate + 4, end);
    out = writeLiteral(out, literal, at);
    out = writeCopy(out, <u32>(at - candidate), length);
    at += length;
    literal = at;
    misses = 32;
  }
  return writeLiteral(out, literal, end);
}

/** Compresses bytes to `out`, which needs space for a sixth more than the input, plus 64 bytes. Returns the end of the output. */
export function compressSnappy(from: usize, to: usize, out: usize): usize {
  let rest = <u32>(to - from);
  for (; rest >= 128; rest >>>= 7) store<u8>(out++, (rest & 127) | 128);
  store<u8>(out++, rest);
  for (let start = from; start < to; start += BLOCK_BYTES) out = compressBlock(start, min(to, start + BLOCK_BYTES), out);
  return out;
}
