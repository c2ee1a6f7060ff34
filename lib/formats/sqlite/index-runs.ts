import { compareBytes } from "../compare-bytes.ts";
import type { TemporaryFile } from "../format.ts";
import { ENTRY_HEADER, type KeyRange } from "./sort-keys.ts";

/** Maximum bytes for the blocks of all runs during a merge. */
const MERGE_BYTES = 16 * 1024 * 1024;
const MIN_BLOCK_BYTES = 4 * 1024;
const MAX_BLOCK_BYTES = 256 * 1024;

/** The sorted keys of one batch, and the number of its first row. */
interface Run {
  start: number;
  end: number;
  firstRow: number;
}

/** Reads a run block by block. */
class RunReader implements KeyRange {
  readonly #file: TemporaryFile;
  readonly #end: number;
  readonly #firstRow: number;
  readonly #blockBytes: number;
  #next: number;
  #block: Buffer = Buffer.alloc(0);
  /** Offset of the current entry in the block. */
  #at = 0;
  /** Index of the run. Runs are in the order of rows. */
  readonly number: number;
  bytes: Buffer = this.#block;
  keyStart = 0;
  keyEnd = 0;
  row = 0;

  constructor(file: TemporaryFile, { start, end, firstRow }: Run, number: number, blockBytes: number) {
    this.#file = file;
    this.#next = start;
    this.#end = end;
    this.#firstRow = firstRow;
    this.#blockBytes = blockBytes;
    this.number = number;
  }

  /** Moves to the next entry if the block contains it completely. */
  advance(): boolean {
    const { length } = this.#block;
    if (this.#at + ENTRY_HEADER > length) return false;
    const keyStart = this.#at + ENTRY_HEADER;
    const keyEnd = keyStart + this.#block.readUInt32LE(this.#at + 4);
    if (keyEnd > length) return false;
    this.row = this.#firstRow + this.#block.readUInt32LE(this.#at);
    this.bytes = this.#block;
    this.keyStart = keyStart;
    this.keyEnd = keyEnd;
    this.#at = keyEnd;
    return true;
  }

  /** Reads until the next entry is complete; false at the end. */
  async refill(): Promise<boolean> {
    while (this.#next < this.#end) {
      const rest = this.#block.subarray(this.#at);
      // A key may be longer than a block.
      const end = Math.min(this.#end, this.#next + Math.max(this.#blockBytes, rest.length));
      this.#block = Buffer.concat([rest, await this.#file.slice(this.#next, end)]);
      this.#next = end;
      this.#at = 0;
      if (this.advance()) return true;
    }
    return false;
  }
}

const comesBefore = (a: RunReader, b: RunReader): boolean => {
  const order = compareBytes(a.bytes, a.keyStart, a.keyEnd, b.bytes, b.keyStart, b.keyEnd);
  return order === 0 ? a.number < b.number : order < 0;
};

/** The smaller child of a heap position. */
function firstChild(heap: readonly RunReader[], at: number): number {
  const child = 2 * at + 1;
  return child + 1 < heap.length && comesBefore(heap[child + 1] as RunReader, heap[child] as RunReader) ? child + 1 : child;
}

/**
 * Restores the heap order after its first reader has advanced. That reader often stays first, or belongs near the end. So the other readers
 * move up without being compared with it, before it moves up from the end.
 */
function siftDown(heap: RunReader[]): void {
  const moved = heap[0] as RunReader;
  let child = firstChild(heap, 0);
  if (!comesBefore(heap[child] as RunReader, moved)) return;
  let at = 0;
  for (; child < heap.length; child = firstChild(heap, at)) {
    heap[at] = heap[child] as RunReader;
    at = child;
  }
  for (let parent = (at - 1) >> 1; at > 0 && comesBefore(moved, heap[parent] as RunReader); parent = (at - 1) >> 1) {
    heap[at] = heap[parent] as RunReader;
    at = parent;
  }
  heap[at] = moved;
}

/** The keys of an index: a sorted run for each batch, on disk until they are merged. */
export class IndexRuns {
  readonly #file: TemporaryFile;
  readonly #runs: Run[] = [];
  #length = 0;

  constructor(file: TemporaryFile) {
    this.#file = file;
  }

  /** Adds the keys of a batch. `firstRow`: number of its first row. */
  async add(run: Uint8Array, firstRow: number): Promise<void> {
    this.#runs.push({ start: this.#length, end: this.#length + run.length, firstRow });
    this.#length += run.length;
    await this.#file.write(run);
  }

  /** Calls `take` with each key in order; equal keys in the order of rows. Waits for the promise of `take`, if any. */
  async merge(take: (key: KeyRange, row: number) => Promise<void> | undefined): Promise<void> {
    await this.#file.close();
    const block = Math.max(MIN_BLOCK_BYTES, Math.min(MAX_BLOCK_BYTES, Math.floor(MERGE_BYTES / (this.#runs.length + 1))));
    const readers: RunReader[] = [];
    for (const [i, run] of this.#runs.entries()) {
      const reader = new RunReader(this.#file, run, i, block);
      if (await reader.refill()) readers.push(reader);
    }
    const heap = readers.sort((a, b) => (comesBefore(a, b) ? -1 : 1));
    while (heap.length > 0) {
      const first = heap[0] as RunReader;
      const waiting = take(first, first.row);
      if (waiting) await waiting;
      if (!first.advance() && !(await first.refill())) {
        const last = heap.pop() as RunReader;
        if (heap.length > 0) heap[0] = last;
      }
      if (heap.length > 1) siftDown(heap);
    }
  }
}
