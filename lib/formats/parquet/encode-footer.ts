import type { IcebergField } from "../iceberg-columns.ts";
import type { Bounds } from "./bounds.ts";
import { ByteSink } from "./byte-sink.ts";
import { type ColumnChunk, ENCODING } from "./column-chunk.ts";
import { DECIMAL_PRECISION, type Leaf, PHYSICAL } from "./leaf.ts";
import { ThriftStruct, TYPE } from "./thrift-struct.ts";

/** Field numbers and enums of this file: parquet-format, src/main/thrift/parquet.thrift. */
const REPETITION = { required: 0, optional: 1, repeated: 2 } as const;
const CONVERTED = { string: 0, list: 3, decimal: 5, date: 6, json: 19 } as const;
const LOGICAL = { string: 1, list: 3, decimal: 5, date: 6, json: 12 } as const;
const SNAPPY = 1;
const ORDER = { unordered: 0, ascending: 1, descending: 2 } as const;

/** Offset and length of a part of the file. */
export interface FileSection {
  offset: number;
  bytes: number;
}

/** The facts about a written column chunk that the footer lists. */
export interface WrittenChunk extends Omit<ColumnChunk, "parts" | "pages" | "bloomFilter"> {
  offset: number;
  /** Offset of its first data page. */
  dataOffset: number;
  bloomFilter?: FileSection;
  columnIndex?: FileSection;
  offsetIndex?: FileSection;
}

export interface WrittenGroup {
  records: number;
  chunks: WrittenChunk[];
}

interface Element {
  name: string;
  id?: number | undefined;
  repetition?: number;
  leaf?: Leaf;
  children?: number;
  isList?: boolean;
}

/** The schema, depth first. A list has three levels (LogicalTypes.md, Lists). Lists and values have ids, as Iceberg requires. */
function elementsOf(leaves: readonly Leaf[], fields: readonly IcebergField[]): Element[] {
  const repetition = (isRequired: boolean): number => (isRequired ? REPETITION.required : REPETITION.optional);
  const elements = leaves.flatMap((leaf, i): Element[] => {
    const { name, isList, isRequired, hasAllItems } = leaf;
    const { id, type } = fields[i] ?? {};
    if (!isList) return [{ name, id, leaf, repetition: repetition(isRequired) }];
    return [
      { name, id, repetition: repetition(isRequired), children: 1, isList: true },
      { name: "list", repetition: REPETITION.repeated, children: 1 },
      { name: "element", id: typeof type === "object" ? type["element-id"] : undefined, leaf, repetition: repetition(hasAllItems) },
    ];
  });
  return [{ name: "schema", children: leaves.length }, ...elements];
}

const pathOf = ({ name, isList }: Leaf): string[] => (isList ? [name, "list", "element"] : [name]);

function writeElement(struct: ThriftStruct, { name, id, repetition, leaf, children, isList }: Element): void {
  const logical = isList ? "list" : leaf?.logical;
  const isDecimal = logical === "decimal";
  if (leaf) struct.i32(1, PHYSICAL[leaf.physical]);
  if (repetition !== undefined) struct.i32(3, repetition);
  struct.text(4, name);
  if (children !== undefined) struct.i32(5, children);
  if (logical) struct.i32(6, CONVERTED[logical]);
  if (isDecimal) {
    struct.i32(7, leaf?.scale ?? 0);
    struct.i32(8, DECIMAL_PRECISION);
  }
  if (id !== undefined) struct.i32(9, id);
  if (logical)
    struct.struct(10, (union) =>
      union.struct(LOGICAL[logical], (type) => {
        if (!isDecimal) return;
        type.i32(1, leaf?.scale ?? 0);
        type.i32(2, DECIMAL_PRECISION);
      }),
    );
}

function writeStatistics(struct: ThriftStruct, { leaf, nulls, bounds }: WrittenChunk): void {
  struct.i64(3, nulls);
  if (bounds) {
    struct.binary(5, bounds.max);
    struct.binary(6, bounds.min);
    struct.boolean(7, bounds.isMaxExact);
    struct.boolean(8, bounds.isMinExact);
  }
  if (leaf.physical === "double") struct.i64(9, 0);
}

function writeChunk(struct: ThriftStruct, chunk: WrittenChunk): void {
  const { leaf, offset, dataOffset, dictionaryBytes, bloomFilter, columnIndex, offsetIndex } = chunk;
  struct.i64(2, 0);
  struct.struct(3, (meta) => {
    meta.i32(1, PHYSICAL[leaf.physical]);
    meta.integers(2, TYPE.i32, dictionaryBytes > 0 ? [ENCODING.plain, ENCODING.rle, ENCODING.dictionary] : [ENCODING.plain, ENCODING.rle]);
    meta.binaries(
      3,
      pathOf(leaf).map((part) => Buffer.from(part)),
    );
    meta.i32(4, SNAPPY);
    meta.i64(5, chunk.levels);
    meta.i64(6, chunk.uncompressedBytes);
    meta.i64(7, chunk.bytes);
    meta.i64(9, dataOffset);
    if (dictionaryBytes > 0) meta.i64(11, offset);
    meta.struct(12, (statistics) => writeStatistics(statistics, chunk));
    if (bloomFilter) {
      meta.i64(14, bloomFilter.offset);
      meta.i32(15, bloomFilter.bytes);
    }
  });
  if (offsetIndex) {
    struct.i64(4, offsetIndex.offset);
    struct.i32(5, offsetIndex.bytes);
  }
  if (columnIndex) {
    struct.i64(6, columnIndex.offset);
    struct.i32(7, columnIndex.bytes);
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The last field ids that `encodeFooterStart` and `encodeFooterGroups` write. */
const SCHEMA = 2;
const ROW_GROUPS = 4;

/** `FileMetaData` up to the schema, whose column ids are known only after the build. */
export function encodeFooterStart(leaves: readonly Leaf[], fields: readonly IcebergField[]): Buffer {
  const sink = new ByteSink();
  const file = new ThriftStruct(sink);
  file.i32(1, 1);
  file.structs(SCHEMA, elementsOf(leaves, fields), writeElement);
  return sink.view();
}

/** The part of `FileMetaData` that is known at the end of the build. */
export function encodeFooterGroups(groups: readonly WrittenGroup[]): Buffer {
  const sink = new ByteSink(4096);
  const file = new ThriftStruct(sink, SCHEMA);
  file.i64(3, sum(groups.map(({ records }) => records)));
  file.structs(ROW_GROUPS, groups, (group, { records, chunks }) => {
    group.structs(1, chunks, writeChunk);
    group.i64(2, sum(chunks.map(({ uncompressedBytes }) => uncompressedBytes)));
    group.i64(3, records);
    group.i64(5, chunks[0]?.offset ?? 0);
    group.i64(6, sum(chunks.map(({ bytes }) => bytes)));
  });
  return sink.view();
}

export interface FooterFacts {
  keyValues: readonly (readonly [key: string, value: string])[];
  createdBy: string;
}

/** The end of `FileMetaData`, which names the release and is therefore known only after the build. */
export function encodeFooterEnd(leaves: readonly Leaf[], { keyValues, createdBy }: FooterFacts): Buffer {
  const sink = new ByteSink();
  const file = new ThriftStruct(sink, ROW_GROUPS);
  file.structs(5, keyValues, (pair, [key, value]) => {
    pair.text(1, key);
    pair.text(2, value);
  });
  file.text(6, createdBy);
  file.structs(7, leaves, (order) => order.struct(1));
  sink.byte(0);
  return sink.view();
}

/** `OffsetIndex` of a chunk that starts at `offset`. */
export const encodeFooterOffsetIndex = (offset: number, { pages }: Pick<ColumnChunk, "pages">): Buffer =>
  ThriftStruct.encode((struct) =>
    struct.structs(1, pages, (location, page) => {
      location.i64(1, offset + page.offset);
      location.i32(2, page.bytes);
      location.i64(3, page.firstRecord);
    }),
  );

type Compare = (a: Buffer, b: Buffer) => number;

/** Compares two values in the encoding of statistics. */
function comparison({ physical }: Leaf): Compare {
  if (physical === "double") return (a, b) => a.readDoubleLE() - b.readDoubleLE();
  if (physical === "int32") return (a, b) => a.readInt32LE() - b.readInt32LE();
  if (physical === "int64") return (a, b) => a.readInt32LE(4) - b.readInt32LE(4) || a.readUInt32LE() - b.readUInt32LE();
  return (a, b) => a.compare(b);
}

function orderOf(leaf: Leaf, bounds: readonly Bounds[]): number {
  const compare = comparison(leaf);
  const holds = (sign: number): boolean =>
    bounds.every(({ min, max }, i) => {
      const before = bounds[i - 1];
      return !before || (sign * compare(before.min, min) <= 0 && sign * compare(before.max, max) <= 0);
    });
  return holds(1) ? ORDER.ascending : holds(-1) ? ORDER.descending : ORDER.unordered;
}

const NOTHING = Buffer.alloc(0);

/** `ColumnIndex` of a chunk. */
export const encodeFooterColumnIndex = ({ leaf, pages }: Pick<ColumnChunk, "leaf" | "pages">): Buffer =>
  ThriftStruct.encode((struct) => {
    const bounds = pages.flatMap((page) => page.bounds ?? []);
    struct.booleans(
      1,
      pages.map((page) => page.bounds === undefined),
    );
    struct.binaries(
      2,
      pages.map((page) => page.bounds?.min ?? NOTHING),
    );
    struct.binaries(
      3,
      pages.map((page) => page.bounds?.max ?? NOTHING),
    );
    struct.i32(4, orderOf(leaf, bounds));
    struct.integers(
      5,
      TYPE.i64,
      pages.map(({ nulls }) => nulls),
    );
    if (leaf.physical === "double")
      struct.integers(
        8,
        TYPE.i64,
        pages.map(() => 0),
      );
  });
