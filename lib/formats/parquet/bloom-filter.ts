import { ThriftStruct } from "./thrift-struct.ts";
import { xxhash64 } from "./xxhash64.ts";

/** parquet-format, BloomFilter.md, Algorithm. */
const SALT = [0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31];
const BLOCK_BYTES = 32;

/** Eight to sixteen bits a value: at most one in forty that is not there seems to be. A power of two, as Arrow requires. */
function filterBytes(values: number): number {
  let bytes = BLOCK_BYTES;
  while (bytes < values) bytes *= 2;
  return bytes;
}

/** A split block Bloom filter of values given as bytes of PLAIN without their lengths: its header and its blocks. */
export function bloomFilter(view: DataView, count: number, range: (i: number) => readonly [from: number, to: number]): Buffer {
  const blocks = Buffer.alloc(filterBytes(count));
  const blockCount = blocks.length / BLOCK_BYTES;
  for (let i = 0; i < count; i += 1) {
    const { high, low } = xxhash64(view, ...range(i));
    const start = BLOCK_BYTES * Math.floor(((high >>> 0) * blockCount) / 2 ** 32);
    for (let word = 0; word < 8; word += 1) {
      const bit = Math.imul(low, SALT[word] as number) >>> 27;
      const at = start + 4 * word + (bit >>> 3);
      blocks[at] = (blocks[at] as number) | (1 << (bit & 7));
    }
  }
  const header = ThriftStruct.encode((struct) => {
    struct.i32(1, blocks.length);
    for (const union of [2, 3, 4]) struct.struct(union, (inner) => inner.struct(1));
  });
  return Buffer.concat([header, blocks]);
}
