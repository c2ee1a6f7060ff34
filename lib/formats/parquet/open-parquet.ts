import type { TablePlan } from "../../schema/table-plan.ts";
import type { Output, ReleasedAs, TableWriter, UnfinishedFile } from "../format.ts";
import { readColumnBatch } from "./column-batch.ts";
import {
  encodeFooterColumnIndex,
  encodeFooterEnd,
  encodeFooterGroups,
  encodeFooterOffsetIndex,
  encodeFooterStart,
  type FileSection,
  type WrittenChunk,
  type WrittenGroup,
} from "./encode-footer.ts";
import { type Leaf, leafColumns } from "./leaf.ts";
import { type RowGroup, RowGroups } from "./row-group.ts";

const MAGIC = Buffer.from("PAR1");

/** A column chunk and its encoded indexes. As objects, the indexes of ten million records would take tens of megabytes. */
interface IndexedChunk {
  chunk: WrittenChunk;
  indexes: { offsetIndex: Buffer; columnIndex: Buffer };
}

/**
 * Writes a Parquet file (parquet-format, README.md, File Format) up to its footer: row groups, Bloom filters, page indexes. Keeps in memory
 * the current row group, and the filters and indexes of earlier ones.
 */
class ParquetFile {
  readonly #leaves: readonly Leaf[];
  readonly #groups: RowGroups;
  readonly #output: (bytes: Uint8Array) => Promise<void>;
  readonly #written: WrittenGroup[] = [];
  /** By row group. */
  readonly #indexes: IndexedChunk[][] = [];
  readonly #filters: { chunk: WrittenChunk; filter: Buffer }[] = [];
  #offset = 0;

  constructor(leaves: readonly Leaf[], output: (bytes: Uint8Array) => Promise<void>) {
    this.#leaves = leaves;
    this.#groups = new RowGroups(leaves);
    this.#output = output;
  }

  async #write(bytes: Buffer): Promise<FileSection> {
    const range = { offset: this.#offset, bytes: bytes.length };
    await this.#output(bytes);
    this.#offset += bytes.length;
    return range;
  }

  async start(): Promise<void> {
    await this.#write(MAGIC);
  }

  /** Adds the output of `writeColumnBatch`. */
  async add(batch: Uint8Array): Promise<void> {
    for (const group of this.#groups.add(readColumnBatch(this.#leaves, batch))) await this.#writeGroup(group);
  }

  async #writeGroup({ records, chunks }: RowGroup): Promise<void> {
    const written: IndexedChunk[] = [];
    for (const { parts, pages, bloomFilter, ...chunk } of chunks) {
      const { offset } = await this.#write(Buffer.concat(parts));
      const writtenChunk: WrittenChunk = { ...chunk, offset, dataOffset: offset + (pages[0]?.offset ?? 0) };
      const offsetIndex = encodeFooterOffsetIndex(offset, { pages });
      written.push({ chunk: writtenChunk, indexes: { offsetIndex, columnIndex: encodeFooterColumnIndex({ leaf: chunk.leaf, pages }) } });
      if (bloomFilter) this.#filters.push({ chunk: writtenChunk, filter: bloomFilter });
    }
    this.#written.push({ records, chunks: written.map(({ chunk }) => chunk) });
    this.#indexes.push(written);
  }

  /** Writes all Bloom filters together, and all indexes of a row group together, so that readers can fetch them with one request. */
  async end(): Promise<void> {
    for (const group of this.#groups.end()) await this.#writeGroup(group);
    for (const { chunk, filter } of this.#filters) chunk.bloomFilter = await this.#write(filter);
    for (const group of this.#indexes) {
      for (const { chunk, indexes } of group) chunk.offsetIndex = await this.#write(indexes.offsetIndex);
      for (const { chunk, indexes } of group) chunk.columnIndex = await this.#write(indexes.columnIndex);
    }
    const groups = encodeFooterGroups(this.#written);
    await this.#write(Buffer.concat([groups, uint32(groups.length)]));
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Writes a table up to its footer, followed by the part of the footer that lists row groups, and the size of that part. */
export async function openParquet(plan: TablePlan, output: Pick<Output, "write">): Promise<TableWriter> {
  const file = new ParquetFile(leafColumns(plan), (bytes) => output.write(bytes));
  await file.start();
  return {
    async write({ chunks }) {
      for (const chunk of chunks) await file.add(chunk);
    },
    close: () => file.end(),
  };
}

/** Copies the output of `openParquet` and adds the rest of the footer, with column ids and the release. */
export async function finishParquet(
  plan: TablePlan,
  unfinished: UnfinishedFile,
  { dataset, version, commit, generator, iceberg }: ReleasedAs,
  output: Pick<Output, "write">,
): Promise<void> {
  const end = unfinished.bytes - 4;
  const start = end - Buffer.from(await unfinished.slice(end, unfinished.bytes)).readUInt32LE();
  const leaves = leafColumns(plan);
  let written = 0;
  for await (const chunk of unfinished.read()) {
    const rest = chunk.subarray(0, start - written);
    if (rest.length > 0) await output.write(rest);
    written += rest.length;
  }
  const footer = [encodeFooterStart(leaves, iceberg?.[plan.name]?.fields ?? []), Buffer.from(await unfinished.slice(start, end))];
  const keyValues = [
    ["factpress.dataset", dataset],
    ["factpress.table", plan.name],
    ...(version === undefined ? [] : [["factpress.version", version] as const]),
    ...(commit === null ? [] : [["factpress.commit", commit] as const]),
  ] as const;
  footer.push(encodeFooterEnd(leaves, { keyValues, createdBy: `factpress version ${generator}` }));
  const length = footer.reduce((sum, part) => sum + part.length, 0);
  await output.write(Buffer.concat([...footer, uint32(length), MAGIC]));
}
