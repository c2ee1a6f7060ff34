import { bloomFilter } from "./bloom-filter.ts";
import { type Bounds, BoundsFinder } from "./bounds.ts";
import { ByteSink } from "./byte-sink.ts";
import type { LeafBatch } from "./column-batch.ts";
import { ColumnValues } from "./column-values.ts";
import { compressSnappy } from "./compress-snappy.ts";
import { type Dictionary, dictionaryOf } from "./dictionary.ts";
import { encodeRle, rleBitWidth } from "./encode-rle.ts";
import type { Leaf } from "./leaf.ts";
import { ThriftStruct } from "./thrift-struct.ts";

/** Encodings (parquet.thrift, Encoding). */
export const ENCODING = { plain: 0, rle: 3, dictionary: 8 } as const;

const PAGE = { data: 0, dictionary: 2 } as const;

interface Page {
  /** Where it starts within its column chunk. */
  offset: number;
  /** With its header. */
  bytes: number;
  /** Number of its first record within the row group. */
  firstRecord: number;
  nulls: number;
  /** Undefined where it has no values. */
  bounds: Bounds | undefined;
}

/** A column of a row group, as it stands in the file. */
export interface ColumnChunk {
  leaf: Leaf;
  parts: Buffer[];
  bytes: number;
  uncompressedBytes: number;
  /** Of the dictionary page; 0 where there is none. */
  dictionaryBytes: number;
  pages: Page[];
  /** Values and nulls. */
  levels: number;
  nulls: number;
  bounds: Bounds | undefined;
  bloomFilter: Buffer | undefined;
}

/** The part of a column chunk that a page holds. */
interface Slice {
  levels: [from: number, to: number];
  values: [from: number, to: number];
}

/** Where the records from `starts` on lie in the levels and values of a leaf, in order; the last one ends with the data. */
function slicesOf({ isList, maxDefinition }: Leaf, data: LeafBatch, starts: readonly number[]): Slice[] {
  const cuts: [level: number, value: number][] = [];
  let record = -1;
  let value = 0;
  for (let level = 0; level < data.levels; level += 1) {
    if (!isList || data.repetitions[level] === 0) {
      record += 1;
      if (record === starts[cuts.length]) cuts.push([level, value]);
    }
    if (maxDefinition === 0 || data.definitions[level] === maxDefinition) value += 1;
  }
  return cuts.map(([level, value], i) => {
    const [nextLevel, nextValue] = cuts[i + 1] ?? [data.levels, data.count];
    return { levels: [level, nextLevel], values: [value, nextValue] };
  });
}

/** Levels as a data page of version 1 holds them: with their length before them. */
function writeLevels(page: ByteSink, levels: Uint8Array, [from, to]: Slice["levels"], max: number): void {
  const encoded = new ByteSink();
  encodeRle(encoded, levels, from, to, rleBitWidth(max));
  page.uint32(encoded.length);
  page.bytes(encoded.view());
}

function writeBooleans(page: ByteSink, bytes: Buffer, from: number, to: number): void {
  for (let i = from; i < to; i += 8) {
    let byte = 0;
    for (let bit = 0; bit < 8 && i + bit < to; bit += 1) byte |= (bytes[i + bit] as number) << bit;
    page.byte(byte);
  }
}

function writeValues(
  page: ByteSink,
  leaf: Leaf,
  values: ColumnValues,
  dictionary: Dictionary | undefined,
  [from, to]: Slice["values"],
): void {
  if (dictionary) {
    // Some readers know no width of 0.
    const width = Math.max(1, rleBitWidth(dictionary.entries.length - 1));
    page.byte(width);
    encodeRle(page, dictionary.indexes, from, to, width);
  } else if (leaf.physical === "boolean") writeBooleans(page, values.bytes, from, to);
  else page.bytes(values.bytes.subarray(values.start(from), values.start(to)));
}

/** Adds a page to a chunk: its header and its compressed content. */
function addPage(chunk: ColumnChunk, content: Buffer, type: number, writeHeader: (header: ThriftStruct) => void): number {
  const compressed = compressSnappy(content);
  const header = ThriftStruct.encode((struct) => {
    struct.i32(1, type);
    struct.i32(2, content.length);
    struct.i32(3, compressed.length);
    writeHeader(struct);
  });
  chunk.parts.push(header, compressed);
  const bytes = header.length + compressed.length;
  chunk.bytes += bytes;
  chunk.uncompressedBytes += header.length + content.length;
  return bytes;
}

function addDictionary(chunk: ColumnChunk, values: ColumnValues, { entries }: Dictionary): void {
  const content = new ByteSink(4096);
  for (const i of entries) content.bytes(values.bytes.subarray(values.start(i), values.start(i + 1)));
  chunk.dictionaryBytes = addPage(chunk, content.view(), PAGE.dictionary, (header) =>
    header.struct(7, (dictionary) => {
      dictionary.i32(1, entries.length);
      dictionary.i32(2, ENCODING.plain);
    }),
  );
}

function filterOf(values: ColumnValues, dictionary: Dictionary | undefined): Buffer {
  const numbers = dictionary?.entries;
  return bloomFilter(values.view, numbers?.length ?? values.count, (n) => {
    const i = numbers ? (numbers[n] as number) : n;
    return [values.body(i), values.start(i + 1)];
  });
}

/** Encodes a column of a row group in pages; `starts` names the first record of each. */
export function encodeChunk(leaf: Leaf, data: LeafBatch, starts: readonly number[]): ColumnChunk {
  const values = new ColumnValues(leaf, Buffer.from(data.values.buffer, data.values.byteOffset, data.values.length), data.count);
  const dictionary = leaf.physical === "boolean" ? undefined : dictionaryOf(values);
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
    bloomFilter: leaf.isKey && data.count > 0 && leaf.physical !== "boolean" ? filterOf(values, dictionary) : undefined,
  };
  if (dictionary) addDictionary(chunk, values, dictionary);
  const bounds = new BoundsFinder(leaf, values, dictionary);
  for (const [i, slice] of slicesOf(leaf, data, starts).entries()) {
    const content = new ByteSink(4096);
    if (leaf.maxRepetition > 0) writeLevels(content, data.repetitions, slice.levels, leaf.maxRepetition);
    if (leaf.maxDefinition > 0) writeLevels(content, data.definitions, slice.levels, leaf.maxDefinition);
    writeValues(content, leaf, values, dictionary, slice.values);
    const levels = slice.levels[1] - slice.levels[0];
    const offset = chunk.bytes;
    const bytes = addPage(chunk, content.view(), PAGE.data, (header) =>
      header.struct(5, (page) => {
        page.i32(1, levels);
        page.i32(2, dictionary ? ENCODING.dictionary : ENCODING.plain);
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
