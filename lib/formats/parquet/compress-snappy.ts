/**
 * Snappy (google/snappy, format_description.txt). Written here since the same bytes have to come out whatever was compressed before:
 * hysnappy 1.1.1 keeps its hash table from one call to the next, and then finds other matches.
 */
const BLOCK_BYTES = 1 << 16;
const MAX_TABLE_BITS = 14;
/** No match starts within so many bytes of a block's end. */
const MARGIN = 15;
const table = new Uint16Array(1 << MAX_TABLE_BITS);

/** Writes elements to a buffer that is large enough for them. */
class Elements {
  readonly bytes: Buffer;
  length = 0;

  constructor(inputBytes: number) {
    this.bytes = Buffer.allocUnsafe(32 + inputBytes + Math.floor(inputBytes / 6));
  }

  byte(value: number): void {
    this.bytes[this.length] = value;
    this.length += 1;
  }

  /** 2.1. Literals. */
  literal(input: Uint8Array, from: number, to: number): void {
    const last = to - from - 1;
    if (last < 0) return;
    if (last < 60) this.byte(last << 2);
    else {
      const count = last < 1 << 8 ? 1 : 2;
      this.byte((59 + count) << 2);
      this.byte(last & 0xff);
      if (count > 1) this.byte(last >>> 8);
    }
    // Most literals are a few bytes: a call of `set` takes longer.
    if (last < 32) for (let i = from; i < to; i += 1) this.byte(input[i] as number);
    else {
      this.bytes.set(input.subarray(from, to), this.length);
      this.length += last + 1;
    }
  }

  /** 2.2. Copies. */
  copy(offset: number, length: number): void {
    let rest = length;
    // A last copy of 4 bytes or more can be a short one.
    for (; rest >= 68; rest -= 64) this.#longCopy(offset, 64);
    if (rest > 64) {
      this.#longCopy(offset, 60);
      rest -= 60;
    }
    if (rest >= 12 || offset >= 2048) this.#longCopy(offset, rest);
    else {
      this.byte(((offset >>> 8) << 5) | ((rest - 4) << 2) | 1);
      this.byte(offset & 0xff);
    }
  }

  #longCopy(offset: number, length: number): void {
    this.byte(((length - 1) << 2) | 2);
    this.byte(offset & 0xff);
    this.byte(offset >>> 8);
  }
}

function compressBlock(input: Uint8Array, view: DataView, start: number, end: number, out: Elements): void {
  const tableBits = Math.min(MAX_TABLE_BITS, Math.max(8, 32 - Math.clz32(end - start - 1)));
  const shift = 32 - tableBits;
  table.fill(0, 0, 1 << tableBits);
  let at = start + 1;
  let literal = start;
  /** Steps grow where nothing matches. */
  let misses = 32;
  while (at <= end - MARGIN) {
    const four = view.getInt32(at, true);
    const hash = Math.imul(four, 0x1e35a7bd) >>> shift;
    const candidate = start + (table[hash] as number);
    table[hash] = at - start;
    if (view.getInt32(candidate, true) !== four) {
      at += misses >>> 5;
      misses += 1;
      continue;
    }
    let length = 4;
    while (at + length < end && input[at + length] === input[candidate + length]) length += 1;
    out.literal(input, literal, at);
    out.copy(at - candidate, length);
    at += length;
    literal = at;
    misses = 32;
  }
  out.literal(input, literal, end);
}

export function compressSnappy(input: Uint8Array): Buffer {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const out = new Elements(input.length);
  let rest = input.length;
  for (; rest >= 128; rest >>>= 7) out.byte((rest & 127) | 128);
  out.byte(rest);
  for (let start = 0; start < input.length; start += BLOCK_BYTES)
    compressBlock(input, view, start, Math.min(input.length, start + BLOCK_BYTES), out);
  return out.bytes.subarray(0, out.length);
}
