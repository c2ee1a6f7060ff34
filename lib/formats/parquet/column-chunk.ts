import { type Bounds, BoundsFinder } from "./bounds.ts";
import type { LeafBatch } from "./column-batch.ts";
import { type CompressedPage, KernelColumn } from "./kernel-column.ts";
import type { Leaf } from "./leaf.ts";
import { ThriftStruct } from "./thrift-struct.ts";

/** Encodings (parquet.thrift, Encoding). */
export const ENCODING = { plain: 0, rle: 3, dictionary: 8 } as const;

const PAGE = { data: 0, dictionary: 2 } as const;

interface DataPage {
  /** Offset within its column chunk. */
  offset: number;
  /** Including its header. */
  bytes: number;
  /** Index of its first record in the row group. */
  firstRecord: number;
  nulls: number;
  /** Undefined if it has no values. */
  bounds: Bounds | undefined;
}

/** A column of a row group, as written to the file. */
export interface ColumnChunk {
  leaf: Leaf;
  parts: Buffer[];
  bytes: number;
  uncompressedBytes: number;
  /** Size of the dictionary page; 0 if there is none. */
  dictionaryBytes: number;
  pages: DataPage[];
  /** Number of values and nulls. */
  levels: number;
  nulls: number;
  bounds: Bounds | undefined;
  bloomFilter: Buffer | undefined;
}

/** Adds a page to a chunk: its header and its compressed content. */
function addPage(
  chunk: ColumnChunk,
  { bytes: content, uncompressedBytes }: CompressedPage,
  type: number,
  writeHeader: (header: ThriftStruct) => void,
): number {
  const header = ThriftStruct.encode((struct) => {
    struct.i32(1, type);
    struct.i32(2, uncompressedBytes);
    struct.i32(3, content.length);
    writeHeader(struct);
  });
  chunk.parts.push(header, content);
  const bytes = header.length + content.length;
  chunk.bytes += bytes;
  chunk.uncompressedBytes += header.length + uncompressedBytes;
  return bytes;
}

function addDictionary(chunk: ColumnChunk, column: KernelColumn): void {
  chunk.dictionaryBytes = addPage(chunk, column.compressEntries(), PAGE.dictionary, (header) =>
    header.struct(7, (dictionary) => {
      dictionary.i32(1, column.entries);
      dictionary.i32(2, ENCODING.plain);
    }),
  );
}

/** Encodes a column of a row group as pages. `starts`: index of the first record of each page. */
export function encodeColumnChunk(leaf: Leaf, data: LeafBatch, starts: readonly number[]): ColumnChunk {
  const column = new KernelColumn(leaf, data);
  if (leaf.physical !== "boolean") column.makeDictionary();
  const chunk: ColumnChunk = {
    leaf,
    parts: [],
    bytes: 0,
    uncompressedBytes: 0,
    dictionaryBytes: 0,
    pages: [],
    levels: data.levels,
    nulls: data.levels - data.count,
    bounds: undefined,
    bloomFilter: leaf.isKey && data.count > 0 && leaf.physical !== "boolean" ? column.bloomFilter() : undefined,
  };
  if (column.hasDictionary) addDictionary(chunk, column);
  const bounds = new BoundsFinder(leaf, column);
  for (const [i, slice] of column.slices(starts).entries()) {
    const levels = slice.levels[1] - slice.levels[0];
    const offset = chunk.bytes;
    const bytes = addPage(chunk, column.compressPage(slice), PAGE.data, (header) =>
      header.struct(5, (page) => {
        page.i32(1, levels);
        page.i32(2, column.hasDictionary ? ENCODING.dictionary : ENCODING.plain);
        page.i32(3, ENCODING.rle);
        page.i32(4, ENCODING.rle);
      }),
    );
    chunk.pages.push({
      offset,
      bytes,
      firstRecord: starts[i] as number,
      nulls: levels - (slice.values[1] - slice.values[0]),
      bounds: bounds.next(...slice.values),
    });
  }
  chunk.bounds = bounds.all();
  return chunk;
}
