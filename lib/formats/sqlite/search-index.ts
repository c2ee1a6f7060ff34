import { StringDecoder } from "node:string_decoder";
import { IndexTree } from "./index-tree.ts";
import { indexedWords } from "./indexed-words.ts";
import type { PageSink } from "./page-sink.ts";
import { RecordWriter } from "./record-writer.ts";
import { SEGMENT, SearchSegment, segmentLeaf } from "./search-segment.ts";
import type { SchemaEntry, SqliteSearch } from "./sqlite-schema.ts";
import { TableTree } from "./table-tree.ts";
import { writeVarint } from "./write-varint.ts";

/** Maximum distinct words of a table, and bytes of their position lists. Both are in memory until the end of the table. */
export interface SearchLimits {
  words: number;
  bytes: number;
}

export const SEARCH_LIMITS: SearchLimits = { words: 200_000, bytes: 16 * 1024 * 1024 };

/** Prefix of the terms of the main index; others are for prefix indexes. */
const MAIN = "0";
/** FTS5 truncates longer words: `FTS5_MAX_TOKEN_SIZE`. */
const MAX_WORD_BYTES = 32_768;
/** The version that FTS5 1.x writes: `FTS5_CURRENT_VERSION`. */
const VERSION = 4;
/** Rows of the data table that are not leaves. */
const [AVERAGES, STRUCTURE] = [1, 10];

/** A sequence of SQLite varints. */
class Varints {
  #bytes = Buffer.alloc(8);
  length = 0;

  add(value: number): void {
    this.#reserve(8);
    this.length = writeVarint(this.#bytes, this.length, value);
  }

  addBytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = Buffer.alloc(2 * (this.length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

const varints = (numbers: readonly number[]): Uint8Array => {
  const all = new Varints();
  for (const number of numbers) all.add(number);
  return all.bytes;
};

const cut = (word: string): string =>
  3 * word.length <= MAX_WORD_BYTES ? word : new StringDecoder("utf8").write(Buffer.from(word).subarray(0, MAX_WORD_BYTES));

/** The rows that contain a word, each with its positions. Row numbers are delta-encoded. */
interface WordList {
  list: Varints;
  row: number;
  /** Positions in the current row, if it contains the word. */
  positions: Varints | undefined;
  column: number;
  position: number;
}

/** The full-text search index of one table, in the form of FTS5's shadow tables (fts5_index.c). */
export class SearchIndex {
  readonly #search: SqliteSearch;
  readonly #limits: SearchLimits;
  readonly #lists = new Map<string, WordList>();
  readonly #sizes = new RecordWriter();
  /** Number of words in each column. */
  readonly #totals: number[];
  #touched: WordList[] = [];
  /** Buffers for positions, reused for each row. */
  readonly #spare: Varints[] = [];
  #bytes = 0;
  #rows = 0;
  #isTooLarge = false;

  constructor(search: SqliteSearch, limits: SearchLimits) {
    this.#search = search;
    this.#limits = limits;
    this.#totals = search.columns.map(() => 0);
  }

  /** Adds the next row, given the texts of its columns. */
  add(texts: readonly string[]): void {
    if (this.#isTooLarge) return;
    this.#rows += 1;
    const sizes = texts.map((text, column) => this.#addText(text, column));
    for (const word of this.#touched) this.#endRow(word);
    this.#touched = [];
    this.#sizes.null();
    this.#sizes.blob(varints(sizes));
    this.#sizes.end();
    if (this.#lists.size <= this.#limits.words && this.#bytes <= this.#limits.bytes) return;
    this.#isTooLarge = true;
    this.#lists.clear();
    this.#spare.length = 0;
    this.#sizes.take();
  }

  #addText(text: string, column: number): number {
    const words = indexedWords(text);
    for (const [position, word] of words.entries()) this.#addWord(word, column, position);
    this.#totals[column] = (this.#totals[column] as number) + words.length;
    return words.length;
  }

  #addWord(word: string, column: number, position: number): void {
    const term = cut(word);
    let known = this.#lists.get(term);
    if (!known) {
      known = { list: new Varints(), row: 0, positions: undefined, column: 0, position: 0 };
      this.#lists.set(term, known);
    }
    if (!known.positions) this.#touched.push(known);
    known.positions ??= this.#spare.pop() ?? new Varints();
    const { positions } = known;
    if (known.column !== column) {
      positions.add(1);
      positions.add(column);
      known.column = column;
      known.position = 0;
    }
    positions.add(position - known.position + 2);
    known.position = position;
  }

  #endRow(word: WordList): void {
    const { list, positions = new Varints() } = word;
    const before = list.length;
    list.add(this.#rows - word.row);
    list.add(positions.length);
    list.addBytes(positions.bytes);
    positions.length = 0;
    this.#spare.push(positions);
    word.positions = undefined;
    [word.row, word.column, word.position] = [this.#rows, 0, 0];
    this.#bytes += list.length - before;
  }

  /** Writes the tables of the index. If it would be too large, returns false without writing anything. */
  async write(sink: PageSink, addEntry: (entry: SchemaEntry, root: number) => void): Promise<boolean> {
    if (this.#isTooLarge) return false;
    const { virtual, data, idx, docsize, config } = this.#search;
    // A virtual table has no root page.
    addEntry(virtual, 0);
    const pages: [term: Uint8Array, number: number][] = [];
    addEntry(data, await this.#writeData(sink, pages));
    const record = new RecordWriter();
    const idxTree = new IndexTree(sink);
    for (const [term, number] of pages) {
      record.number(SEGMENT, false);
      record.blob(term);
      record.number(2 * number, false);
      idxTree.add(record.endOnly());
    }
    addEntry(idx, idxTree.end());
    addEntry(docsize, await this.#writeSizes(sink));
    record.text("version");
    record.number(VERSION, false);
    const configTree = new IndexTree(sink);
    configTree.add(record.endOnly());
    addEntry(config, configTree.end());
    return true;
  }

  async #writeSizes(sink: PageSink): Promise<number> {
    const tree = new TableTree(sink);
    const { sizes, bytes } = this.#sizes.take();
    let at = 0;
    for (const size of sizes) {
      tree.add(bytes, at, at + size);
      at += size;
      if (sink.isFull) await sink.flush();
    }
    return tree.end();
  }

  async #writeData(sink: PageSink, pages: [term: Uint8Array, number: number][]): Promise<number> {
    const tree = new TableTree(sink);
    const record = new RecordWriter();
    const add = (id: number, block: Uint8Array): void => {
      record.null();
      record.blob(block);
      const bytes = record.endOnly();
      tree.add(bytes, 0, bytes.length, id);
    };
    add(AVERAGES, varints([this.#rows, ...this.#totals]));
    const leaves: Uint8Array[] = [];
    // The structure record contains the number of leaves, but precedes them.
    const segment = new SearchSegment({
      leaf: (bytes) => void leaves.push(Uint8Array.from(bytes)),
      page: (term, number) => void pages.push([term, number]),
    });
    const terms = [...this.#lists].map(([word, { list }]) => ({ term: Buffer.from(MAIN + word), list }));
    for (const { term, list } of terms.sort((a, b) => a.term.compare(b.term))) segment.add(term, list.bytes);
    segment.end();
    const cookie = [0, 0, 0, 0];
    const levels = segment.leaves === 0 ? [0, 0, 0] : [1, 1, segment.leaves, 0, 1, SEGMENT, 1, segment.leaves];
    add(STRUCTURE, Uint8Array.from([...cookie, ...varints(levels)]));
    for (const [i, bytes] of leaves.entries()) {
      add(segmentLeaf(i + 1), bytes);
      if (sink.isFull) await sink.flush();
    }
    return tree.end();
  }
}
