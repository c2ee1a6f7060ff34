import { Kernel } from "../../kernel/kernel.ts";
import type { LeafBatch } from "./column-batch.ts";
import { type Leaf, PHYSICAL } from "./leaf.ts";
import { ThriftStruct } from "./thrift-struct.ts";

const BLOCK_BYTES = 32;

/** Size of a Bloom filter: 8 to 16 bits per value, at most 1 in 40 false positives. A power of two, as Arrow requires. */
function filterBytes(values: number): number {
  let bytes = BLOCK_BYTES;
  while (bytes < values) bytes *= 2;
  return bytes;
}

/** The part of a column in one page. */
export interface PageSlice {
  levels: [from: number, to: number];
  values: [from: number, to: number];
}

/** Shared, because row groups are encoded one after the other, column by column. */
const kernel = new Kernel();

/** A column of a row group in the memory of the kernel; valid until the next column is opened. */
export class KernelColumn {
  readonly count: number;
  readonly #levels: number;
  readonly #isList: boolean;
  readonly #hasDefinitions: boolean;
  /** Number of dictionary entries; 0 without a dictionary. */
  #entries = 0;
  /** Address of the page numbers in which each entry was last seen. */
  #seen = 0;
  #page = 0;

  constructor({ physical, maxDefinition, maxRepetition }: Leaf, { values, count, repetitions, definitions, levels }: LeafBatch) {
    this.count = count;
    this.#levels = levels;
    this.#isList = maxRepetition > 0;
    this.#hasDefinitions = maxDefinition > 0;
    kernel.clear();
    const { code } = kernel;
    code.openParquetColumn(PHYSICAL[physical], kernel.put(values), count, kernel.reserve(4 * (count + 1)));
    code.setParquetColumnLevels(kernel.put(repetitions), maxRepetition, kernel.put(definitions), maxDefinition, levels);
  }

  get hasDictionary(): boolean {
    return this.#entries > 0;
  }

  get entries(): number {
    return this.#entries;
  }

  /** Creates a dictionary if it makes the column smaller. */
  makeDictionary(): void {
    const { count } = this;
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * count)));
    const indexes = kernel.reserve(4 * count);
    const entries = kernel.reserve(4 * count);
    this.#entries = kernel.within(() => kernel.code.makeParquetColumnDictionary(kernel.reserveZero(4 * slots), slots, indexes, entries));
    this.#seen = kernel.reserveZero(4 * this.#entries);
  }

  /** A split block Bloom filter of all values, with its header. */
  bloomFilter(): Buffer {
    const size = this.#entries || this.count;
    const bytes = filterBytes(size);
    return kernel.within(() => {
      const blocks = kernel.reserveZero(bytes);
      kernel.code.fillParquetColumnFilter(size, blocks, bytes / BLOCK_BYTES);
      const header = ThriftStruct.encode((struct) => {
        struct.i32(1, bytes);
        for (const union of [2, 3, 4]) struct.struct(union, (inner) => inner.struct(1));
      });
      return Buffer.concat([header, kernel.bytes.subarray(blocks, blocks + bytes)]);
    });
  }

  /** The indexes of the least and greatest value of the next page, which has the values from `from` up to `to`. */
  findBounds(from: number, to: number): [least: number, greatest: number] {
    this.#page += 1;
    return kernel.within(() => {
      const out = kernel.reserve(8);
      kernel.code.findParquetColumnBounds(from, to, this.#seen, this.#page, out);
      return [kernel.bytes.readUInt32LE(out), kernel.bytes.readUInt32LE(out + 4)];
    });
  }

  /** Negative if value `a` comes before value `b`. */
  compare(a: number, b: number): number {
    return kernel.code.compareParquetColumnValues(a, b);
  }

  /** The bytes of a value in the encoding of statistics: PLAIN without a length. */
  value(i: number): Buffer {
    return kernel.take(kernel.code.parquetColumnValueBody(i), kernel.code.parquetColumnValueStart(i + 1));
  }

  /** Splits levels and values into pages, given the first record of each page. */
  slices(starts: readonly number[]): PageSlice[] {
    return kernel.within(() => {
      const out = kernel.reserve(8 * starts.length);
      kernel.code.cutParquetColumnPages(kernel.put(Uint32Array.from(starts)), starts.length, out);
      const cuts = starts.map((_, i) => [kernel.bytes.readUInt32LE(out + 8 * i), kernel.bytes.readUInt32LE(out + 8 * i + 4)] as const);
      return cuts.map(([level, value], i) => {
        const [nextLevel, nextValue] = cuts[i + 1] ?? [this.#levels, this.count];
        return { levels: [level, nextLevel], values: [value, nextValue] };
      });
    });
  }

  /** The dictionary page. */
  compressEntries(): CompressedPage {
    const bytes = kernel.code.parquetColumnValueStart(this.count) - kernel.code.parquetColumnValueStart(0);
    return compressed(bytes, (out) => kernel.code.writeParquetColumnDictionary(this.#entries, out));
  }

  /** A data page. */
  compressPage({ levels, values }: PageSlice): CompressedPage {
    const count = levels[1] - levels[0];
    const bytes = this.hasDictionary
      ? 6 * count
      : kernel.code.parquetColumnValueStart(values[1]) - kernel.code.parquetColumnValueStart(values[0]);
    // Upper bound: levels take less than a byte each, in runs of at least eight, each with its length.
    const most = 128 + (this.#isList ? 3 * count : 0) + (this.#hasDefinitions ? 3 * count : 0) + bytes;
    return compressed(most, (out) => kernel.code.writeParquetColumnPage(out, ...levels, ...values));
  }
}

export interface CompressedPage {
  bytes: Buffer;
  uncompressedBytes: number;
}

/** Compresses the output of `write`, of at most `mostBytes`, with Snappy. */
function compressed(mostBytes: number, write: (out: number) => number): CompressedPage {
  return kernel.within(() => {
    const content = kernel.reserve(mostBytes);
    const end = write(content);
    const uncompressedBytes = end - content;
    const out = kernel.reserve(64 + uncompressedBytes + Math.ceil(uncompressedBytes / 6));
    return { bytes: kernel.take(out, kernel.code.compressSnappy(content, end, out)), uncompressedBytes };
  });
}
