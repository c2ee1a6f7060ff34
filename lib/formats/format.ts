import type { LinkTable, TablePlan } from "../schema/table-plan.ts";
import type { IcebergColumn, IcebergTables } from "./iceberg-columns.ts";
import type { Labels } from "./labels.ts";
import type { JsonRecord } from "./value.ts";

/** Names an encoder, which the threads of the engine load. */
export interface EncoderRef {
  name: string;
  /** URL of a module that exports `createEncoder`; absent for the encoders of `encoders.ts`. */
  module?: string;
}

/** An encoder of this package. */
export interface PackagedEncoder {
  /** Unique. */
  name: string;
  /** Imports its module, so that only builds load it. */
  load(): Promise<{ createEncoder: CreateEncoder }>;
}

/** The encoder of a format. Formats with the same encoder share its parts. */
export type FormatEncoder = PackagedEncoder | Required<EncoderRef>;

/** The valid records of one batch, in order. */
interface EncoderInput {
  records: readonly JsonRecord[];
  /** The same records as compact JSON. */
  lines: readonly string[];
  labels: Labels;
}

/**
 * Encoded rows of one table from one batch. Formats share parts, so writers must not change the chunks. Writers must copy what they keep,
 * because the memory is reused after the write.
 */
export interface TablePart {
  /** Name of the table or link table. */
  table: string;
  /** Number of rows: records, or items of a link table. */
  rows: number;
  /** The contents are agreed between encoder and writer. A columnar format has one or more chunks per column. */
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
  /** The link table, if the file is one. */
  link?: LinkTable;
}

/** The file of a format with another scope. */
interface DatasetFile {
  name: string;
  format: DatasetFormat | ArchiveFormat;
}

export type FormatFile = TableFile | DatasetFile;

/** Temporary bytes on disk. Deleted with the workspace, never published. */
export interface TemporaryFile {
  /** The bytes may be changed afterwards. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends writing. Reading is only possible afterwards. */
  close(): Promise<void>;
  read(): AsyncIterable<Uint8Array>;
  /** Bytes from `start` up to `end`. */
  slice(start: number, end: number): Promise<Uint8Array>;
}

/** The file to write, in sequential order. */
export interface Output {
  /** The bytes may be changed afterwards. */
  write(bytes: Uint8Array): Promise<void>;
  createTemporary(): Promise<TemporaryFile>;
}

/** The output of a writer that `finish` completes. */
export interface UnfinishedFile {
  bytes: number;
  read(): AsyncIterable<Uint8Array>;
  /** Bytes from `start` up to `end`. */
  slice(start: number, end: number): Promise<Uint8Array>;
}

/** Statistics of a column in one row group of a file. */
export interface GroupStatistics {
  nulls: number;
  /** Bounds in Parquet's PLAIN encoding, which need not be actual values. Undefined if there are none. */
  min: Buffer | undefined;
  max: Buffer | undefined;
}

/** Column statistics in a file. */
export interface FileStatistics {
  records: number;
  /** Name of a column other than a list → its statistics in each row group. */
  columns: ReadonlyMap<string, readonly GroupStatistics[]>;
}

/** Facts about the release that its files may contain. */
export interface ReleasedAs {
  dataset: string;
  /** Undefined for a preview. */
  version?: string;
  commit: string | null;
  /** Version of Factpress. */
  generator: string;
  /** Ids of columns; undefined without a release to keep them stable with. */
  iceberg?: IcebergTables | undefined;
}

/** Writes the file of one table. */
export interface TableWriter {
  /** Writes parts in batch order, without keeping their chunks. Batches differ in size, so a format with row groups regroups them. */
  write(part: TablePart): Promise<void>;
  close(): Promise<void>;
  /** Stops the writer's threads. No calls follow. */
  abort?(): Promise<void>;
}

/** Writes one file with all tables. */
export interface DatasetWriter {
  /** Called once per table, in schema order, including tables without records. */
  startTable(plan: TablePlan): Promise<void>;
  /** Writes parts of the current table and its link tables, in batch order. */
  write(part: TablePart): Promise<void>;
  close(): Promise<void>;
}

/** Facts about the dataset that a file with all tables may contain. */
export interface DatasetFacts {
  name: string;
  title: string;
  description: string;
  licenses: readonly { name: string; title?: string; path?: string }[];
  contributors?: readonly { title: string; path?: string; email?: string; roles?: readonly string[] }[];
  homepage?: string;
  spatial?: readonly string[];
  researchedUntil?: string;
  notCovered?: string;
  plans: readonly TablePlan[];
}

/** A finished file of a release. */
export interface FinishedFile {
  name: string;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  /** Name of its format; undefined for documents such as README.md. */
  format?: string;
  read(): AsyncIterable<Uint8Array>;
}

/** The format-specific part of an entry in `datapackage.json`, in addition to path, format, media type, size and hash. */
export interface ResourceEntry {
  /** Default: the file name in lower case. */
  name?: string;
  type?: "table";
  title?: string;
  description?: string;
  [property: string]: unknown;
}

/** A column as a program reads it from a file. */
export interface ReadColumn {
  /** As in the header row of the CSV. */
  header: string;
  name: string;
  /** Type of its field in `datapackage.json`. */
  type: string;
  isList: boolean;
  /** Whether an empty cell is an empty text: `always`, because every record has a value, or `maybe`. */
  emptyText?: "always" | "maybe";
}

export interface ReadableTable {
  /** Layout of the exported files, which determines the texts that are guarded with `'`. */
  layout: number;
  columns: readonly ReadColumn[];
}

/** A complete program that reads a table, shown on the page. */
export interface Snippet {
  /** If several formats have a snippet with the same id, the page shows the last. Also a class on the page. */
  id: string;
  /** The language or tool. If several snippets have the same name, the page shows the last first and folds the others. */
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

interface CommonFormat {
  /** Its name in `dataset.json` and in other formats. Unique. */
  name: string;
  /** Without a dot. */
  extension: string;
  /** Without parameters. */
  mediaType: string;
  /** UTF-8 text. */
  isText: boolean;
  /** Whether the CDN compresses it, which CloudFront does for certain media types. */
  isCompressedByCdn: boolean;
  /** Text of buttons, such as "CSV". */
  label: string;
  /** Whether every dataset has the format, so that releases can be compared by it. */
  isRequired?: boolean;
  /** Whether large datasets omit it by default, because it takes much space or time without adding information. */
  isForSmallOnly?: boolean;
  /** Maximum rows of a table; files omit larger tables. */
  maxRows?: number;
  /** Whether its whole numbers are limited to 64 bits. */
  hasInt64?: boolean;
  /** Whether the page offers it first: with a button, and a link for programs. */
  isFeatured?: boolean;
  /** A sentence on the page about how to open such a file, if that needs to be said. */
  openingHint?: string;
  /** Changes between two plans of a table that `datapackage.json` does not show, for a file of that name. */
  changes?(file: string, before: TablePlan, after: TablePlan): FileChange[];
  /** Paragraphs of README.md that explain how to read the files, as lines of Markdown. */
  readme?(layout: number): string[];
  /** An entry of `notes` in `datapackage.json`. */
  packageNote?(layout: number): string;
}

/** One file for each table: `<table>.<extension>`. */
export interface TableFormat extends CommonFormat {
  scope: "table";
  encoder: FormatEncoder;
  /** Whether link tables have files of their own. */
  hasLinkTables?: boolean;
  /** Whether writing a large file is slow enough to use a thread. Such a format has no temporary files. */
  isSlow?: boolean;
  /** Whether its bytes depend on the layout. */
  hasLayouts?: boolean;
  /** Import the writer here, so that only builds load it. */
  open(file: TableFile, output: Output): Promise<TableWriter>;
  /** Completes the writer's output. For formats whose files name their release, which is known only after the build. */
  finish?(file: TableFile, unfinished: UnfinishedFile, release: ReleasedAs, output: Output): Promise<void>;
  /** A short description of the file. `noun`: singular and plural for a record. */
  caption(file: TableFile, noun: readonly [one: string, many: string]): string;
  resource?(file: TableFile, plans: readonly TablePlan[]): ResourceEntry;
  /** Programs that read the main table. */
  snippets?(table: ReadableTable): Snippet[];
}

/** A format with column ids, whose files Apache Iceberg tables consist of. */
export interface IcebergFormat extends TableFormat {
  /** The columns of a file of a table. */
  icebergColumns(plan: TablePlan): IcebergColumn[];
  /** Reads the column statistics of a file. Throws `DamagedFormatError`. */
  readStatistics(file: Pick<UnfinishedFile, "bytes" | "slice">): Promise<FileStatistics>;
}

/** The common part of formats with one file for the whole dataset, `<dataset>.<extension>`. */
interface WholeFormat extends CommonFormat {
  /** A short description of the file. */
  caption: string;
  resource?: ResourceEntry;
}

/** One file over all tables. */
export interface DatasetFormat extends WholeFormat {
  scope: "dataset";
  encoder: FormatEncoder;
  open(dataset: DatasetFacts, output: Output): Promise<DatasetWriter>;
  /** Like `finish` of `TableFormat`. */
  finish?(dataset: DatasetFacts, unfinished: UnfinishedFile, release: ReleasedAs, output: Output): Promise<void>;
  /** Programs that read the table of that name. */
  snippets?(table: string): Snippet[];
}

/** One file that contains other finished files. */
export interface ArchiveFormat extends WholeFormat {
  scope: "archive";
  /** Whether the archive contains a file. A `datapackage.json` and `SHA256SUMS` of its contents are added. */
  contains(file: Pick<FinishedFile, "name" | "format">): boolean;
  write(files: readonly FinishedFile[], output: Output): Promise<void>;
}

export type Format = TableFormat | DatasetFormat | ArchiveFormat;
