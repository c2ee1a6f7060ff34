import type { LinkTable, TablePlan } from "../schema/table-plan.ts";
import type { JsonRecord, Labels } from "./cell-text.ts";
import type { IcebergTables } from "./iceberg-tables.ts";

/** Names an encoder to the threads of the engine, which load it there. */
export interface EncoderRef {
  name: string;
  /** URL of a module that exports `createEncoder`; absent for the encoders of `encoders.ts`. */
  module?: string;
}

/** The valid records of one batch, in order. */
interface EncoderInput {
  records: readonly JsonRecord[];
  /** The same records as compact JSON. */
  lines: readonly string[];
  labels: Labels;
}

/**
 * Encoded rows of one table, made from one batch. Writers must not change the chunks, since formats share parts, and have to copy what
 * they keep: the memory is used again once they are written.
 */
export interface TablePart {
  /** Name of the table or link table. */
  table: string;
  /** Number of rows: records, or items of a link table. */
  rows: number;
  /** What each holds is agreed between encoder and writer; a columnar format has one or more for each column. */
  chunks: readonly Uint8Array[];
}

/** A part as the engine returns it. */
export interface EncodedPart extends TablePart {
  encoder: string;
}

/** Encodes the records of a batch. The result depends on nothing else. */
export type Encode = (input: EncoderInput) => TablePart[];
export type CreateEncoder = (plan: TablePlan) => Encode;

/** A file of a release that a format of scope "table" writes. */
export interface TableFile {
  name: string;
  format: TableFormat;
  plan: TablePlan;
  /** The link table, if the file holds one. */
  link?: LinkTable;
}

/** The file of a format with another scope. */
interface DatasetFile {
  name: string;
  format: DatasetFormat | ArchiveFormat;
}

export type FormatFile = TableFile | DatasetFile;

/** Bytes that a writer keeps on disk until it can write them. Deleted with the workspace, never published. */
interface TemporaryFile {
  /** The bytes may be changed afterwards. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends writing; nothing can be read before. */
  close(): Promise<void>;
  read(): AsyncIterable<Uint8Array>;
  /** Bytes from `start` up to `end`. */
  slice(start: number, end: number): Promise<Uint8Array>;
}

/** The file that a writer writes, from its first byte to its last. */
export interface Output {
  /** The bytes may be changed afterwards. */
  write(bytes: Uint8Array): Promise<void>;
  createTemporary(): Promise<TemporaryFile>;
}

/** What a format wrote of a file that it has to finish. */
export interface UnfinishedFile {
  bytes: number;
  read(): AsyncIterable<Uint8Array>;
  /** Bytes from `start` up to `end`. */
  slice(start: number, end: number): Promise<Uint8Array>;
}

/** What a file says of the values of a column in one of its groups of rows. */
export interface GroupStatistics {
  nulls: number;
  /** Bounds rather than values, as Parquet's PLAIN writes them. Undefined if there are none. */
  min: Buffer | undefined;
  max: Buffer | undefined;
}

/** What a file says of its columns. */
export interface FileStatistics {
  records: number;
  /** Name of a column that is no list → its statistics in each group of rows. */
  columns: ReadonlyMap<string, readonly GroupStatistics[]>;
}

/** What a file may say of its release. */
export interface ReleasedAs {
  dataset: string;
  /** Undefined for a preview. */
  version?: string;
  commit: string | null;
  /** Version of Factpress. */
  generator: string;
  /** Ids of columns; undefined if there is no release to keep them stable with. */
  iceberg?: IcebergTables | undefined;
}

/** Writes the file of one table. */
export interface TableWriter {
  /** Takes the parts in batch order, and keeps none of their chunks. Batches differ in size: a format with groups of rows regroups them. */
  write(part: TablePart): Promise<void>;
  close(): Promise<void>;
  /** Stops its threads; no calls follow. */
  abort?(): Promise<void>;
}

/** Writes one file with all tables. */
export interface DatasetWriter {
  /** Called once for each table in schema order, for tables without records too. */
  startTable(plan: TablePlan): Promise<void>;
  /** Takes the parts of the current table and its link tables, in batch order. */
  write(part: TablePart): Promise<void>;
  close(): Promise<void>;
}

/** What a file over all tables says of its dataset. */
export interface DatasetFacts {
  name: string;
  title: string;
  description: string;
  licenses: readonly { name: string; title?: string; path?: string }[];
  contributors?: readonly { title: string; path?: string; email?: string; roles?: readonly string[] }[];
  homepage?: string;
  spatial?: readonly string[];
  researchedUntil?: string;
  plans: readonly TablePlan[];
}

/** A finished file of a release. */
export interface FinishedFile {
  name: string;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  /** Name of its format; absent for documents such as README.md. */
  format?: string;
  read(): AsyncIterable<Uint8Array>;
}

/** What a format adds to its entry in `datapackage.json`, beside path, format, media type, size and hash. */
export interface ResourceEntry {
  /** Default: the name of the file in small letters. */
  name?: string;
  type?: "table";
  title?: string;
  description?: string;
  [property: string]: unknown;
}

/** A column as programs read it from a file. */
export interface ReadColumn {
  /** As in the first line of the CSV. */
  header: string;
  name: string;
  /** Of its field in `datapackage.json`. */
  type: string;
  isList: boolean;
  /** What an empty cell may be besides no value: `always` an empty text, since every record has a value there, or `maybe` one. */
  emptyText?: "always" | "maybe";
}

export interface ReadableTable {
  /** Of the exported files: which texts have a `'` before them. */
  layout: number;
  columns: readonly ReadColumn[];
}

/** A whole program that reads a table, for the page. */
export interface Snippet {
  /** Part of ids and classes in the page. */
  id: string;
  /** The language or tool. */
  name: string;
  code(url: string): string;
}

/** A change of a file that its columns in `datapackage.json` do not show. */
export interface FileChange {
  kind: "column-gone" | "column-new" | "column-retyped" | "column-optional";
  table: string;
  column: string;
  change: string;
}

interface FormatBase {
  /** What `dataset.json` and other formats call it. Unique. */
  name: string;
  /** Without a dot. */
  extension: string;
  /** Without parameters. */
  mediaType: string;
  /** UTF-8 text. */
  isText: boolean;
  /** Whether the CDN compresses it: true for media types that CloudFront compresses. */
  isCompressedByCdn: boolean;
  /** On buttons: "CSV". */
  label: string;
  /** Whether every dataset has it: releases are compared by it. */
  isRequired?: boolean;
  /** Whether large datasets go without it by default: it takes much space or time for what other files hold as well. */
  isForSmallOnly?: boolean;
  /** Whether it holds whole numbers of 64 bits only. */
  hasInt64?: boolean;
  /** Whether the page offers it first: a button, and a link for programs. */
  isFeatured?: boolean;
  /** What changed in a file of that name with the plan of a table, where `datapackage.json` does not show it. */
  changes?(file: string, before: TablePlan, after: TablePlan): FileChange[];
  /** Paragraphs of README.md that explain how to read the files: lines of Markdown. */
  readme?(layout: number): string[];
  /** For `notes` of `datapackage.json`. */
  packageNote?(layout: number): string;
}

/** One file for each table: `<table>.<extension>`. */
export interface TableFormat extends FormatBase {
  scope: "table";
  encoder: EncoderRef;
  /** Whether link tables have files of their own. */
  hasLinkTables?: boolean;
  /** Whether a large file takes so long that it is worth a thread. It has no temporary files then. */
  isSlow?: boolean;
  /** Whether its bytes depend on the layout. */
  hasLayouts?: boolean;
  /** Import what only the writer needs here, so that nothing else loads it. */
  open(file: TableFile, output: Output): Promise<TableWriter>;
  /** Writes the file from what the writer wrote, for a format whose files name their release: its version is known after the build. */
  finish?(file: TableFile, unfinished: UnfinishedFile, release: ReleasedAs, output: Output): Promise<void>;
  /** What a file holds, in a few words; `noun` is one record and many. */
  caption(file: TableFile, noun: readonly [one: string, many: string]): string;
  resource?(file: TableFile, plans: readonly TablePlan[]): ResourceEntry;
  /** Programs that read the main table. */
  snippets?(table: ReadableTable): Snippet[];
}

/** A format whose files hold the ids of columns: Apache Iceberg tables are made of them. */
export interface IcebergFormat extends TableFormat {
  /** Reads what a file says of its columns. Throws `DamagedFormatError`. */
  readStatistics(file: Pick<UnfinishedFile, "bytes" | "slice">): Promise<FileStatistics>;
}

/** What the formats with one file for the whole dataset, `<dataset>.<extension>`, have in common. */
interface WholeFormat extends FormatBase {
  /** What the file holds, in a few words. */
  caption: string;
  resource?: ResourceEntry;
}

/** One file over all tables. */
export interface DatasetFormat extends WholeFormat {
  scope: "dataset";
  encoder: EncoderRef;
  open(dataset: DatasetFacts, output: Output): Promise<DatasetWriter>;
  /** As `finish` of a table's format. */
  finish?(dataset: DatasetFacts, unfinished: UnfinishedFile, release: ReleasedAs, output: Output): Promise<void>;
  /** Programs that read a table of that name. */
  snippets?(table: string): Snippet[];
}

/** One file made of finished files. */
export interface ArchiveFormat extends WholeFormat {
  scope: "archive";
  /** Whether the archive contains a file. `datapackage.json` and `SHA256SUMS` of what it contains are added. */
  contains(file: Pick<FinishedFile, "name" | "format">): boolean;
  write(files: readonly FinishedFile[], output: Output): Promise<void>;
}

export type Format = TableFormat | DatasetFormat | ArchiveFormat;
