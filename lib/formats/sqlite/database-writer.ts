import type { TablePlan } from "../../schema/table-plan.ts";
import type { DatasetFacts, DatasetWriter, Output, TablePart, TemporaryFile } from "../format.ts";
import type { RootedEntry } from "./first-page.ts";
import { IndexRuns } from "./index-runs.ts";
import { IndexTree } from "./index-tree.ts";
import { dictionaryRows, dictionaryTable } from "./info-rows.ts";
import { PageSink } from "./page-sink.ts";
import { RecordWriter } from "./record-writer.ts";
import { rowTexts } from "./row-texts.ts";
import { SEARCH_LIMITS, SearchIndex, type SearchLimits } from "./search-index.ts";
import { writeKey } from "./sort-keys.ts";
import { type SchemaEntry, type SqliteSchema, type SqliteTable, sqliteSchema } from "./sqlite-schema.ts";
import { TableTree } from "./table-tree.ts";

/** The rows of a link table, kept until the end of its main table. */
interface WaitingPart {
  sizes: number;
  bytes: number;
}

/** A table that is being filled. */
interface OpenTable {
  table: SqliteTable;
  runs: IndexRuns[];
  rows: number;
  search?: SearchIndex;
  /** Undefined if rows are written directly to the database. */
  spool?: { file: TemporaryFile; parts: WaitingPart[] };
}

const asNumbers = (chunk: Uint8Array): Uint32Array => new Uint32Array(new Uint8Array(chunk).buffer);

function addToSearch({ table, search }: OpenTable, sizes: Uint32Array, bytes: Uint8Array): void {
  if (!table.search || !search) return;
  const rows = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  for (const size of sizes) {
    search.add(rowTexts(rows.subarray(at, at + size), table.search.columns));
    at += size;
  }
}

/**
 * Writes the pages of a database after the first (Database File Format 3), table by table, then their indexes, in one pass and in bounded
 * memory. After the last page, a directory with the location of each part is written for `finishDatabase`.
 */
export class DatabaseWriter implements DatasetWriter {
  readonly #output: Output;
  readonly #schema: SqliteSchema;
  readonly #sink: PageSink;
  readonly #entries: RootedEntry[] = [];
  #tree: TableTree | undefined;
  #open: OpenTable[] = [];
  readonly #limits: SearchLimits;
  /** Names of tables without full-text search, because they are too large. */
  readonly #unsearched: string[] = [];

  constructor({ plans }: Pick<DatasetFacts, "plans">, output: Output, limits = SEARCH_LIMITS) {
    this.#limits = limits;
    this.#output = output;
    this.#schema = sqliteSchema(plans);
    this.#sink = new PageSink(output);
  }

  async startTable(plan: TablePlan): Promise<void> {
    await this.#endTable();
    for (const table of this.#schema.tables.filter((table) => table.plan === plan)) {
      const runs: IndexRuns[] = [];
      for (const _ of table.indexes) runs.push(new IndexRuns(await this.#output.createTemporary()));
      const spool = table.rows.list ? { spool: { file: await this.#output.createTemporary(), parts: [] } } : {};
      const search = table.search ? { search: new SearchIndex(table.search, this.#limits) } : {};
      this.#open.push({ table, runs, rows: 0, ...search, ...spool });
    }
    this.#tree = new TableTree(this.#sink);
  }

  async write({ table, rows, chunks }: TablePart): Promise<void> {
    const open = this.#open.find((one) => one.table.rows.name === table);
    if (!open || rows === 0) return;
    const [sizes, bytes, ...keys] = chunks as [Uint8Array, Uint8Array, ...Uint8Array[]];
    for (const [i, run] of keys.entries()) await open.runs[i]?.add(run, open.rows);
    open.rows += rows;
    addToSearch(open, asNumbers(sizes), bytes);
    if (open.spool) {
      open.spool.parts.push({ sizes: sizes.length, bytes: bytes.length });
      await open.spool.file.write(sizes);
      await open.spool.file.write(bytes);
    } else await this.#addRows(this.#tree as TableTree, asNumbers(sizes), bytes);
  }

  async #addRows(tree: TableTree, sizes: Uint32Array, bytes: Uint8Array): Promise<void> {
    let at = 0;
    for (let i = 0; i < sizes.length; i += 1) {
      const end = at + (sizes[i] as number);
      tree.add(bytes, at, end);
      at = end;
      if (this.#sink.isFull) await this.#sink.flush();
    }
  }

  async close(): Promise<void> {
    await this.#endTable();
    await this.#addDictionary();
    await this.#sink.flush();
    const trailer = Buffer.from(JSON.stringify({ entries: this.#entries, pages: this.#sink.count, unsearched: this.#unsearched }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(trailer.length);
    await this.#output.write(Buffer.concat([trailer, length]));
  }

  async #endTable(): Promise<void> {
    for (const open of this.#open) {
      const tree = open.spool ? await this.#readSpool(open.spool) : (this.#tree as TableTree);
      this.#addEntry(open.table.entry, tree.end());
      for (const [i, runs] of open.runs.entries()) await this.#writeIndex(open.table, i, runs);
      const isSearched = await open.search?.write(this.#sink, (entry, root) => this.#addEntry(entry, root));
      if (isSearched === false) this.#unsearched.push(open.table.entry.name);
    }
    this.#open = [];
  }

  async #readSpool({ file, parts }: NonNullable<OpenTable["spool"]>): Promise<TableTree> {
    await file.close();
    const tree = new TableTree(this.#sink);
    let at = 0;
    for (const { sizes, bytes } of parts) {
      const part = await file.slice(at, at + sizes + bytes);
      await this.#addRows(tree, asNumbers(part.subarray(0, sizes)), part.subarray(sizes));
      at += sizes + bytes;
    }
    return tree;
  }

  async #writeIndex({ rows, indexes }: SqliteTable, i: number, runs: IndexRuns): Promise<void> {
    const isReal = (rows.indexes[i] as number[]).map((column) => rows.columns[column]?.storage === "real");
    const tree = new IndexTree(this.#sink);
    const record = new RecordWriter();
    await runs.merge((key, row) => {
      writeKey(record, key, isReal);
      // Rows are numbered from 1.
      record.number(row + 1, false);
      tree.add(record.endOnly());
      return this.#sink.isFull ? this.#sink.flush() : undefined;
    });
    this.#addEntry(indexes[i] as SchemaEntry, tree.end());
  }

  async #addDictionary(): Promise<void> {
    const tree = new TableTree(this.#sink);
    const { sizes, bytes } = dictionaryRows(this.#schema);
    await this.#addRows(tree, sizes, bytes);
    this.#addEntry(dictionaryTable(this.#schema.dictionary), tree.end());
  }

  #addEntry(entry: SchemaEntry, root: number): void {
    this.#entries.push({ ...entry, root });
  }
}
