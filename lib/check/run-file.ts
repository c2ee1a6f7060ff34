import type { BatchResult, Task } from "../engine/engine.ts";
import { ExpectedCuts, type Piece } from "../json/expected-cuts.ts";
import { type LineLocation, lineAfterSpan, lineSpanOf } from "../json/line-span.ts";
import { type Batch, type Break, RecordBatches } from "../json/record-batches.ts";
import type { RunningEngine } from "../ports/ports.ts";

const MiB = 1024 * 1024;
/** Bytes at the start of a file in which its separator of records is searched, regardless of chunk boundaries. */
const START_BYTES = 64 * 1024;

interface Cutting {
  /** Records that start within this many bytes form a batch. */
  batchBytes: number;
  /** Smaller files are scanned: expected cuts would gain nothing. */
  expectFromBytes: number;
}

const CUTTING: Cutting = { batchBytes: MiB, expectFromBytes: 4 * MiB };

/** The engine for the batches of a file, and the receiver of their results. */
export interface BatchTasks {
  engine: RunningEngine;
  task(): Task;
  /** Receives each batch with its result, in order. */
  receive(batch: Batch, result: BatchResult): Promise<void>;
}

/** How reading a file ended. */
interface FileEnd {
  /** The syntax error that ended the list early. */
  broken: Break | undefined;
  /** A record could not be read. */
  isUnreadable: boolean;
  /** There were too many problems: the rest was not read. */
  isStopped: boolean;
}

interface PendingBatch {
  batch: Batch;
  result: Promise<BatchResult>;
  piece?: Piece;
}

/**
 * Runs the batches of a file through an engine, several at once, and delivers the results in order. A large file is cut where
 * cuts are expected, and the engine confirms each cut. If it cannot, the piece is scanned; if the cut was wrong, the rest of
 * the file is scanned, too. So the result depends only on the file, never on the number of threads.
 */
class FileBatches {
  readonly #tasks: BatchTasks;
  readonly #waiting: PendingBatch[] = [];
  readonly #cuts: ExpectedCuts | undefined;
  /** Cuts the file once cuts are no longer expected. */
  #scanner: RecordBatches | undefined;
  /** Position of the first piece that was not delivered. */
  #location: LineLocation = { line: 1, column: 1 };
  #isUnreadable = false;
  #isStopped = false;

  readonly #batchBytes: number;

  constructor(tasks: BatchTasks, batchBytes: number, mayExpect: boolean) {
    this.#tasks = tasks;
    this.#batchBytes = batchBytes;
    // An unconfirmed batch has no line numbers, which this task is for.
    if (mayExpect && tasks.task() !== "locate") this.#cuts = new ExpectedCuts(batchBytes);
    else this.#scanner = new RecordBatches(this.#batchBytes);
  }

  async read(chunks: AsyncIterable<Uint8Array>): Promise<FileEnd> {
    const startBytes = Math.min(START_BYTES, this.#batchBytes);
    const start: Uint8Array[] = [];
    let isStarted = false;
    for await (const chunk of chunks) {
      if (isStarted) await this.#push(chunk);
      else {
        // Copied: the next chunk may overwrite it.
        start.push(Uint8Array.from(chunk));
        if (start.reduce((sum, { length }) => sum + length, 0) < startBytes) continue;
        isStarted = true;
        await this.#pushStart(Buffer.concat(start), startBytes);
      }
      if (this.#scanner?.broken || this.#isStopped) break;
    }
    if (!isStarted) await this.#pushStart(Buffer.concat(start), startBytes);
    if (!this.#isStopped) await this.#end();
    while (this.#waiting.length > 0) await this.#deliverFirst();
    return { broken: this.#scanner?.broken, isUnreadable: this.#isUnreadable, isStopped: this.#isStopped };
  }

  /** Reads the start of a file, which decides whether cuts are expected. */
  async #pushStart(chunk: Uint8Array, bytes: number): Promise<void> {
    const before = this.#cuts?.start(chunk.subarray(0, bytes));
    if (!before) {
      this.#scanner ??= new RecordBatches(this.#batchBytes);
      await this.#push(chunk);
      return;
    }
    this.#location = lineAfterSpan(this.#location, lineSpanOf(before));
    await this.#push(chunk.subarray(before.length));
  }

  async #push(chunk: Uint8Array): Promise<void> {
    if (this.#scanner || !this.#cuts) {
      await this.#submit(this.#scanner?.push(chunk) ?? []);
      return;
    }
    for (const piece of this.#cuts.push(chunk)) await this.#submitPiece(piece);
    if (this.#cuts.isLost) await this.#scanFromPiece();
    if (this.#scanner) await this.#scanRest();
  }

  async #end(): Promise<void> {
    if (!this.#scanner) {
      const last = this.#cuts?.end();
      if (last) await this.#submitPiece(last);
      while (last && !this.#scanner && this.#waiting.length > 0) await this.#deliverFirst();
      if (last && !this.#scanner) return;
      if (!this.#scanner) await this.#scanFromPiece();
      await this.#scanRest();
    }
    await this.#submit(this.#scanner?.end() ?? []);
  }

  async #submit(batches: readonly Batch[]): Promise<void> {
    for (const batch of batches) {
      if (this.#waiting.length >= this.#tasks.engine.width) await this.#deliverFirst();
      if (this.#isStopped) return;
      this.#run(batch);
    }
  }

  async #submitPiece(piece: Piece): Promise<void> {
    while (this.#waiting.length >= this.#tasks.engine.width) await this.#deliverFirst();
    if (this.#isStopped) return;
    if (this.#scanner) await this.#scan(piece);
    else this.#run({ line: 0, column: 0, bytes: piece.bytes, minifiedBytes: 0, mayPrintDifferently: true, isSpeculative: true }, piece);
  }

  #run(batch: Batch, piece?: Piece): void {
    this.#waiting.push({ batch, result: this.#tasks.engine.run(batch, this.#tasks.task()), ...(piece ? { piece } : {}) });
  }

  async #deliverFirst(): Promise<void> {
    const first = this.#waiting.shift();
    if (!first) return;
    const result = await first.result;
    if (first.piece) await this.#deliverPiece(first.batch, result, first.piece);
    else await this.#deliver(first.batch, result);
  }

  async #deliver(batch: Batch, result: BatchResult): Promise<void> {
    if (this.#isStopped) return;
    this.#isUnreadable ||= result.unreadable > 0;
    this.#isStopped = result.stopped;
    await this.#tasks.receive(batch, result);
    this.#tasks.engine.release(result);
  }

  async #deliverPiece(batch: Batch, result: BatchResult, piece: Piece): Promise<void> {
    if (this.#isStopped) return;
    if (result.undecided || !result.span) {
      await this.#decide(batch, piece);
      return;
    }
    Object.assign(batch, this.#location);
    this.#location = lineAfterSpan(lineAfterSpan(this.#location, result.span), lineSpanOf(piece.after));
    await this.#deliver(batch, result);
    this.#cuts?.recycle(batch.bytes);
  }

  /** Scans a piece that the engine could not confirm. If it does not consist of whole records, the rest of the file is scanned, too. */
  async #decide({ bytes }: Batch, piece: Piece): Promise<void> {
    const scanner = RecordBatches.resume(piece.offset, this.#location, this.#batchBytes);
    const batches = [...scanner.push(bytes), ...scanner.push(piece.after)];
    if (!piece.isLast && scanner.isAfterComma) {
      batches.push(...scanner.flush());
      this.#location = lineAfterSpan(lineAfterSpan(this.#location, lineSpanOf(bytes)), lineSpanOf(piece.after));
      for (const batch of batches) {
        await this.#deliver(batch, await this.#tasks.engine.run(batch, this.#tasks.task()));
        if (this.#isStopped) return;
      }
      return;
    }
    this.#scanner = scanner;
    const later = this.#waiting.splice(0);
    await this.#submit(batches);
    for (const { batch, result, piece: next } of later) {
      await result;
      if (next) await this.#scan({ ...next, bytes: batch.bytes });
    }
  }

  async #scan({ bytes, after }: Piece): Promise<void> {
    await this.#submit(this.#scanner?.push(bytes) ?? []);
    await this.#submit(this.#scanner?.push(after) ?? []);
  }

  /** Starts to scan at the bytes that are in no piece yet. */
  async #scanFromPiece(): Promise<void> {
    while (!this.#scanner && this.#waiting.length > 0) await this.#deliverFirst();
    const { offset } = this.#cuts?.rest() ?? { offset: 0 };
    this.#scanner ??= RecordBatches.resume(offset, this.#location, this.#batchBytes);
  }

  async #scanRest(): Promise<void> {
    const { bytes } = this.#cuts?.rest() ?? { bytes: new Uint8Array(0) };
    await this.#submit(this.#scanner?.push(new Uint8Array(bytes)) ?? []);
  }
}

/** Runs the batches of one file of records. */
export const runFile = (
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
  tasks: BatchTasks,
  { batchBytes, expectFromBytes }: Cutting = CUTTING,
): Promise<FileEnd> => new FileBatches(tasks, batchBytes, bytes >= expectFromBytes).read(chunks);
