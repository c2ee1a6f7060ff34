import type { Batch } from "../dataset/record-batches.ts";
import type { BatchResult, Engine, EngineSetup, Task } from "../engine/engine.ts";

/** The files of one dataset at one moment: a folder, or a commit. Paths are relative, with forward slashes. */
export interface Source {
  list(): Promise<{ path: string; bytes: number }[]>;
  /** Throws where the file cannot be read. */
  read(path: string): AsyncIterable<Uint8Array>;
}

/** An engine that may run elsewhere; results come back in any order. */
export interface RunningEngine {
  /** How many batches it is worth handing over before the first comes back. */
  readonly width: number;
  run(batch: Batch, task: Task): Promise<BatchResult>;
  find(...args: Parameters<Engine["find"]>): ReturnType<Engine["find"]>;
  close(): Promise<void>;
}

/** Starts an engine for one table; `bytes` is the size of its files. */
export type StartEngine = (setup: EngineSetup, bytes: number) => RunningEngine;

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
  /** Forgets all that was written. */
  discard(): Promise<void>;
}

/** One commit on the first-parent history of the published branch. */
export interface Commit {
  id: string | null;
  /** Committer date, RFC 3339 in UTC; null where there is no git and no date. */
  date: string | null;
  /** Names the content of the dataset's folder: equal trees hold equal files. Null: the folder is not there. */
  tree: string | null;
}

/** The published branch. Every call reads it anew. */
export interface History {
  /**
   * First-parent commits after `since` up to the tip, oldest first, and the tree at `since`; `broken`: `since` is not
   * on that history, and only the tip is given; `behind`: the tip is an ancestor of `since`.
   */
  after(since: string | null): Promise<{ base: string | null; commits: Commit[]; broken: boolean; behind: boolean }>;
  at(commit: Commit): Source;
}

interface Stored {
  bytes: Uint8Array;
  etag: string;
}

/** Objects under keys, as S3 has them. */
export interface Store {
  get(key: string): Promise<Stored | undefined>;
  read(key: string): AsyncIterable<Uint8Array>;
  /** Puts an object where none stands; says what stands there otherwise. */
  putIfAbsent(
    key: string,
    body: { bytes: number; sha256: string; open(): AsyncIterable<Uint8Array> },
  ): Promise<"written" | "same" | "other">;
  /** Replaces the object with this ETag (null: none stands there); false where another stands. */
  putIfMatch(key: string, bytes: Uint8Array, etag: string | null): Promise<boolean>;
}

/** What the edge looks up. */
export interface Aliases {
  read(dataset: string): Promise<{ etag: string | null; mark: string | undefined; entries: Map<string, string> }>;
  /** Replaces a dataset's entries and mark in one step; false where somebody else was first. */
  write(dataset: string, entries: ReadonlyMap<string, string>, mark: string, etag: string | null): Promise<boolean>;
}

/** What a run tells people while it goes on. */
export type Say = (line: string) => void;
