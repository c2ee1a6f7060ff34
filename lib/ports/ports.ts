import type { BatchResult, Engine, EngineSetup, Task } from "../engine/engine.ts";
import type { Output, TableFile, TableWriter } from "../formats/format.ts";
import type { SqlTable, SqlValue } from "../formats/sql-tables.ts";
import type { Batch } from "../json/record-batches.ts";
import type { PublicKey } from "../release/key-set.ts";

/** A folder holds what no dataset may hold (a link, too many files): a problem of the data, not of the machine. */
export class UnreadableSourceError extends Error {
  override name = "UnreadableSourceError";
}

/** The same at a line of a file. */
export class UnreadableLineError extends UnreadableSourceError {
  readonly line: number;
  readonly remedy: string;
  constructor(line: number, message: string, remedy: string) {
    super(message);
    this.line = line;
    this.remedy = remedy;
  }
}

/** Fetching files takes more requests than are allowed for it. */
export class TooManyRequestsError extends UnreadableSourceError {
  override name = "TooManyRequestsError";
}

/** One row of a CSV as it stands there. */
export interface CsvRow {
  /** Where it starts, counted from 1. */
  line: number;
  cells: string[];
}

/** A CSV that can be read several times. */
export interface CsvTable {
  delimiter: string;
  /** Throws `UnreadableLineError`. */
  rows(): AsyncIterable<CsvRow>;
}

/** The files of one dataset at one moment: a folder, or a commit. Paths are relative, with forward slashes. */
export interface Source {
  /** Throws `UnreadableSourceError`. */
  list(): Promise<{ path: string; bytes: number }[]>;
  /** Throws where the file cannot be read. */
  read(path: string): AsyncIterable<Uint8Array>;
}

/** An engine that may run elsewhere; results come back in any order. */
export interface RunningEngine {
  /** How many batches it is worth handing over before the first comes back. */
  readonly width: number;
  /** The bytes of the batch, and all that share their memory, cannot be read before the result is there. */
  run(batch: Batch, task: Task): Promise<BatchResult>;
  find(...args: Parameters<Engine["find"]>): ReturnType<Engine["find"]>;
  close(): Promise<void>;
}

/** Starts an engine for one table; `bytes` is the size of its files. */
export type StartEngine = (setup: EngineSetup, bytes: number) => RunningEngine;

/** Opens the file of a table for writing, which may happen elsewhere. */
export type StartWriter = (file: TableFile, output: Output) => Promise<TableWriter>;

/** What a SELECT returned: the first rows or all, and how many there are. */
export interface SqlResult {
  columns: string[];
  rows: SqlValue[][];
  count: number;
}

/** A SELECT that SQLite does not take, or that was ended. A line counts from 1; 0: none is known. */
export class SqlError extends Error {
  override name = "SqlError";
  readonly line: number;
  readonly column: number;
  readonly remedy: string | undefined;
  constructor(message: string, { line = 0, column = 0, remedy }: { line?: number; column?: number; remedy?: string } = {}) {
    super(message);
    this.line = line;
    this.column = column;
    this.remedy = remedy;
  }
}

/** A database in memory that holds one dataset's tables while its checks run. Every call may throw `SqlError`. */
export interface RunningSql {
  create(table: SqlTable): Promise<void>;
  /** `rows` is JSON, a list of rows; returns how many. */
  insert(table: string, rows: Uint8Array): Promise<number>;
  /** Runs one SELECT, and nothing else; returns the first rows, with long texts cut. */
  select(sql: string): Promise<SqlResult>;
  /** The same for a view: returns every row as it is. Fails where there are more than `maxRows`. */
  selectAll(sql: string, maxRows: number): Promise<SqlResult>;
  close(): Promise<void>;
}

export type StartSql = () => RunningSql;

/** A file that is written once. */
export interface FileWriter {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<Artifact>;
}

export interface Artifact {
  name: string;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** A folder that a release is built in. It becomes visible as a whole, or not at all. */
export interface Workspace {
  create(name: string): Promise<FileWriter>;
  read(name: string): AsyncIterable<Uint8Array>;
  /** Bytes from `start` up to `end` of a closed file. */
  slice(name: string, start: number, end: number): Promise<Uint8Array>;
  /** Forgets all that was written. */
  discard(): Promise<void>;
}

/** The files of one release, wherever they are. */
export interface ReleaseFolder {
  bytes(name: string): Promise<Uint8Array | undefined>;
  read(name: string): AsyncIterable<Uint8Array>;
}

/** One commit on the first-parent history of the published branch. */
export interface Commit {
  id: string | null;
  /** Committer date, RFC 3339 in UTC; null where there is no git and no date. */
  date: string | null;
  /** Names the content of the dataset's folder: equal trees hold equal files. Null: the folder is not there. */
  tree: string | null;
}

/**
 * Where a commit stands relative to the published branch. `on`: on its first-parent history. `behind`: the tip is an
 * ancestor of it. `aside`: in the repository, but neither of these. `unknown`: not in the repository.
 */
export type Position = "on" | "behind" | "aside" | "unknown";

/** The published branch as seen from a commit. */
export interface PendingCommits {
  position: Position;
  /** The tree at that commit; null where it is not known. */
  base: string | null;
  /** First-parent commits after it up to the tip, oldest first; empty where the position is not `on`. */
  commits: Commit[];
  /** Null where the branch has no commit. */
  tip: Commit | null;
}

/** The published branch. Every call reads it anew. */
export interface History {
  /** The branch as seen from a commit; null: from before its first commit, and the position is `on`. */
  after(since: string | null): Promise<PendingCommits>;
  position(commit: string): Promise<Position>;
  /** Whether the tip is one of these commits or an ancestor of one. Those that are not in the repository count as unrelated. */
  isTipWithin(commits: readonly string[]): Promise<boolean>;
  /** Reading throws `MissingCommitError` where the repository does not hold the commit. */
  at(commit: Commit): Source;
}

/** A clone holds too little history to tell how commits relate. */
export class ShallowHistoryError extends Error {
  override name = "ShallowHistoryError";
}

/** More commits than an adapter walks through. A clone holds them all. */
export class HistoryTooLongError extends Error {
  override name = "HistoryTooLongError";
}

/** A commit, or the dataset's folder in it, is not in the repository. */
export class MissingCommitError extends Error {
  override name = "MissingCommitError";
}

interface Stored {
  bytes: Uint8Array;
  etag: string;
  /** How long a cache had held it; missing where it is read directly. */
  ageSeconds?: number;
}

/** What is put: its length and SHA-256 (lower-case hexadecimal) are known before the first byte goes out. */
export interface Body {
  bytes: number;
  sha256: string;
  open(): AsyncIterable<Uint8Array>;
}

/** Media type and caching that readers get with the object at a key. */
export type HeadersOf = (key: string) => { contentType: string; cacheControl: string };

/** Bytes from `start` up to `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Objects under keys, as S3 has them. ETags are opaque; equal ones mean that nothing was written in between, or the same bytes. */
export interface Store {
  get(key: string): Promise<Stored | undefined>;
  /** The bytes of an object, or those of a range that lies within it. Throws where nothing stands. */
  read(key: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  /** Every object below a prefix that ends with `/`, in any order. */
  list(prefix: string): AsyncIterable<{ key: string; etag: string }>;
  /** Puts an object where none stands; says what stands there otherwise. */
  putIfAbsent(key: string, body: Body): Promise<"written" | "same" | "other">;
  /** Replaces the object with this ETag (null: none stands there); the new ETag, or undefined where another stands. */
  putIfMatch(key: string, bytes: Uint8Array, etag: string | null): Promise<string | undefined>;
}

/** So many keys go into one update of the aliases: the limit of CloudFront's KeyValueStore. */
export const MAX_ALIAS_UPDATE = 50;

/** What the edge looks up: short texts under keys, for all datasets, with one ETag for the whole. */
export interface Aliases {
  etag(): Promise<string>;
  get(key: string): Promise<string | undefined>;
  /** Every key that starts with this. */
  list(prefix: string): AsyncIterable<string>;
  /** Sets at most fifty keys (undefined: deletes them), all or none; the new ETag, or undefined where somebody else was first. */
  update(changes: ReadonlyMap<string, string | undefined>, etag: string): Promise<string | undefined>;
}

/** Signs with ES256; the private key may never leave where it is. */
export interface Signer {
  /** Public key as a JWK, with `kid`. */
  publicKey: PublicKey;
  /** The signature as r‖s, 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** What a run tells people while it goes on. */
export type Log = (line: string) => void;
