import type { BatchResult, Engine, EngineSetup, Task } from "../engine/engine.ts";
import type { Output, TableFile, TableWriter } from "../formats/format.ts";
import type { SqlTable, SqlUnrecordable, SqlValue } from "../formats/sql-tables.ts";
import type { Batch } from "../json/record-batches.ts";
import type { PublicKey } from "../release/key-set.ts";
import type { CountedTables } from "./counted-tables.ts";

/** One row of a CSV as written. */
export interface CsvRow {
  /** Line of its start, from 1. */
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
  /** Throws if the file cannot be read. */
  read(path: string, options?: ReadOptions): AsyncIterable<Uint8Array>;
}

export interface ReadOptions {
  /** To save memory, a chunk may be overwritten after the next chunk was read: the reader must not keep it longer. */
  reusesMemory?: boolean;
}

/** An engine that may run in threads; results arrive in any order. */
export interface RunningEngine {
  /** Number of batches to submit before waiting for the first result. */
  readonly width: number;
  /** Until the result arrives, the bytes of the batch, and all memory shared with them, must not be read. */
  run(batch: Batch, task: Task): Promise<BatchResult>;
  /** Reuses the memory of a result's parts, which must not be read any more. Optional: it saves memory. */
  release(result: BatchResult): void;
  find(...args: Parameters<Engine["find"]>): ReturnType<Engine["find"]>;
  close(): Promise<void>;
}

/** Starts an engine for one table; `bytes` is the size of its files. */
export type StartEngine = (setup: EngineSetup, bytes: number) => RunningEngine;

/** Opens the file of a table for writing, possibly in another thread. */
export type StartWriter = (file: TableFile, output: Output) => Promise<TableWriter>;

/** The result of a SELECT: all rows or the first ones, and their total number. */
export interface SqlResult<T = SqlValue> {
  columns: string[];
  rows: T[][];
  count: number;
}

/** An in-memory database with the tables of one dataset, for its checks. Every call may throw `SqlError`. */
export interface RunningSql {
  create(tables: readonly SqlTable[]): Promise<void>;
  /** `rows` are JSON lists of rows; returns the number of rows. */
  insert(table: string, rows: readonly Uint8Array[]): Promise<number>;
  /** Runs exactly one SELECT; returns the first rows, with long texts truncated. */
  select(sql: string): Promise<SqlResult>;
  /** Like `select`, for a view: returns every row in full. Throws if there are more than `maxRows`. */
  selectAll(sql: string, maxRows: number): Promise<SqlResult<SqlValue | SqlUnrecordable>>;
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

/** A folder in which a release is built. It becomes visible as a whole, or not at all. */
export interface Workspace {
  create(name: string): Promise<FileWriter>;
  read(name: string): AsyncIterable<Uint8Array>;
  /** Bytes from `start` up to `end` of a closed file. */
  slice(name: string, start: number, end: number): Promise<Uint8Array>;
  /** The path of a closed file, if it is on this machine. */
  path?(name: string): string;
  /** Deletes all files. */
  discard(): Promise<void>;
}

/** The files of one release. */
export interface ReleaseFolder {
  bytes(name: string): Promise<Uint8Array | undefined>;
  read(name: string): AsyncIterable<Uint8Array>;
  /** Cached counts of its tables. */
  countedTables?: Pick<CountedTables, "get" | "add"> | undefined;
}

/** One commit on the first-parent history of the published branch. */
export interface Commit {
  id: string | null;
  /** Committer date, RFC 3339 in UTC; null without git and date. */
  date: string | null;
  /** Identifies the content of the dataset folder: equal trees have equal files. Null if the folder does not exist. */
  tree: string | null;
}

/**
 * The position of a commit relative to the published branch. `on`: on its first-parent history. `behind`: the tip is an ancestor of it.
 * `aside`: in the repository, but neither of these. `unknown`: not in the repository.
 */
export type Position = "on" | "behind" | "aside" | "unknown";

/** The published branch as seen from a commit. */
export interface PendingCommits {
  position: Position;
  /** The tree at that commit; null if unknown. */
  base: string | null;
  /** First-parent commits after it up to the tip, oldest first; empty unless the position is `on`. */
  commits: Commit[];
  /** Null if the branch has no commit. */
  tip: Commit | null;
}

/** The published branch. Every call reads it again. */
export interface History {
  /** The branch relative to a commit; null: to the start of the branch, and the position is `on`. */
  after(since: string | null): Promise<PendingCommits>;
  position(commit: string): Promise<Position>;
  /** Whether the tip is one of these commits or an ancestor of one. Commits that are not in the repository count as unrelated. */
  isTipWithin(commits: readonly string[]): Promise<boolean>;
  /** Reading throws `MissingCommitError` if the repository lacks the commit. */
  at(commit: Commit): Source;
}

interface StoredObject {
  bytes: Uint8Array;
  etag: string;
  /** Age in a cache; missing if it is read directly. */
  ageSeconds?: number;
}

/** An object to put: its length and SHA-256 (lower-case hexadecimal) are known before it is sent. */
export interface Body {
  bytes: number;
  sha256: string;
  open(): AsyncIterable<Uint8Array>;
  /** A file on this machine with the same bytes: a store on it copies the file without reading it. */
  path?: string;
}

/** Returns the media type and caching of the object at a key. */
export type HeadersOf = (key: string) => { contentType: string; cacheControl: string };

/** Bytes from `start` up to `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Objects by key, as in S3. ETags are opaque; if they are equal, nothing was written in between, or the same bytes. */
export interface Store {
  get(key: string): Promise<StoredObject | undefined>;
  /** Reads an object, or a range within it. Throws if it does not exist. */
  read(key: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  /** Every object below a prefix that ends with `/`, or of the whole store if it is empty, in any order. */
  list(prefix: string): AsyncIterable<{ key: string; etag: string }>;
  /** Puts an object if the key is free; otherwise returns whether the stored object is the same. */
  putIfAbsent(key: string, body: Body): Promise<"written" | "same" | "other">;
  /** Replaces the object with this ETag (null: the key is free). Returns the new ETag, or undefined if the stored one differs. */
  putIfMatch(key: string, bytes: Uint8Array, etag: string | null): Promise<string | undefined>;
}

/** A store that is only read. Over HTTP, its objects cannot be listed. */
export type ReadableStore = Pick<Store, "get" | "read"> & Partial<Pick<Store, "list">>;

/** Maximum keys in one update of the aliases: the limit of CloudFront's KeyValueStore. */
export const MAX_ALIAS_UPDATE = 50;

/** Short texts by key, which the edge looks up, for all datasets, with one ETag for the whole. */
export interface Aliases {
  etag(): Promise<string>;
  get(key: string): Promise<string | undefined>;
  /** Every key that starts with this. */
  list(prefix: string): AsyncIterable<string>;
  /** Sets at most fifty keys (undefined deletes), all or none. Returns the new ETag, or undefined if another publisher was first. */
  update(changes: ReadonlyMap<string, string | undefined>, etag: string): Promise<string | undefined>;
}

/** Signs with ES256; the private key stays with the signer. */
export interface Signer {
  /** Public key as a JWK, with `kid`. */
  publicKey: PublicKey;
  /** The signature as r‖s, 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Reports progress to users. */
export type Log = (line: string) => void;
