import { readColumnBatch } from "./column-batch.ts";
import {
  columnIndexOf,
  type FileFacts,
  fileMetadata,
  offsetIndexOf,
  type Place,
  type WrittenChunk,
  type WrittenGroup,
} from "./file-metadata.ts";
import type { Leaf } from "./leaves.ts";
import { type RowGroup, RowGroups } from "./row-group.ts";

const MAGIC = Buffer.from("PAR1");

/**
 * Writes a Parquet file (parquet-format, README.md, File Format): row groups, then Bloom filters, page indexes and the footer. Holds one
 * row group, and what is said of those before.
 */
export class ParquetFile {
  readonly #leaves: readonly Leaf[];
  readonly #groups: RowGroups;
  readonly #output: (bytes: Uint8Array) => Promise<void>;
  readonly #written: WrittenGroup[] = [];
  readonly #filters: { chunk: WrittenChunk; filter: Buffer }[] = [];
  #offset = 0;

  constructor(leaves: readonly Leaf[], output: (bytes: Uint8Array) => Promise<void>) {
    this.#leaves = leaves;
    this.#groups = new RowGroups(leaves);
    this.#output = output;
  }

  async #write(bytes: Buffer): Promise<Place> {
    const place = { offset: this.#offset, bytes: bytes.length };
    await this.#output(bytes);
    this.#offset += bytes.length;
    return place;
  }

  async start(): Promise<void> {
    await this.#write(MAGIC);
  }

  /** Takes what `columnEncoder` returned. */
  async add(batch: Uint8Array): Promise<void> {
    for (const group of this.#groups.add(readColumnBatch(this.#leaves, batch))) await this.#writeGroup(group);
  }

  async #writeGroup({ records, chunks }: RowGroup): Promise<void> {
    const written: WrittenChunk[] = [];
    for (const { parts, bloomFilter, ...chunk } of chunks) {
      const { offset } = await this.#write(Buffer.concat(parts));
      const one: WrittenChunk = { ...chunk, offset };
      written.push(one);
      if (bloomFilter) this.#filters.push({ chunk: one, filter: bloomFilter });
    }
    this.#written.push({ records, chunks: written });
  }

  /** Bloom filters lie side by side, and the indexes of a row group as well: readers fetch each with one request. */
  async end(facts: Pick<FileFacts, "keyValues" | "createdBy">): Promise<void> {
    for (const group of this.#groups.end()) await this.#writeGroup(group);
    for (const { chunk, filter } of this.#filters) chunk.bloomFilter = await this.#write(filter);
    for (const { chunks } of this.#written) {
      for (const chunk of chunks) chunk.offsetIndex = await this.#write(offsetIndexOf(chunk));
      for (const chunk of chunks) chunk.columnIndex = await this.#write(columnIndexOf(chunk));
    }
    const footer = fileMetadata({ ...facts, leaves: this.#leaves, groups: this.#written });
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    await this.#write(Buffer.concat([footer, length, MAGIC]));
  }
}
