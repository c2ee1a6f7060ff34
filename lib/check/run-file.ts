import type { BatchResult, Task } from "../engine/engine.ts";
import { ExpectedCuts, type Piece } from "../json/expected-cuts.ts";
import { type LineLocation, lineAfterSpan, lineSpanOf } from "../json/line-span.ts";
import { type Batch, type Break, RecordBatches } from "../json/record-batches.ts";
import type { RunningEngine } from "../ports/ports.ts";

const MiB = 1024 * 1024;
/** Bytes at the start of a file that decide what separates its records, regardless of chunk boundaries. */
const START_BYTES = 64 * 1024;

interface Cutting {
  /** Records that start within this many bytes are a batch. */
  batchBytes: number;
  /** Smaller files are scanned: expecting cuts gains nothing. */
  expectFromBytes: number;
}

const CUTTING: Cutting = { batchBytes: MiB, expectFromBytes: 4 * MiB };

/** The engine for the batches of a file, and the receiver of their results. */
export interface BatchTasks {
  engine: RunningEngine;
  task(): Task;
  /** Takes each batch with its result, in order. */
  take(batch: Batch, result: BatchResult): Promise<void>;
}

/** How the reading of a file ended. */
interface FileEnd {
  /** The syntax error that ended the list early. */
  broken: Break | undefined;
  /** A record could not be read. */
  isUnreadable: boolean;
  /** There were too many problems: the rest was not read. */
  isStopped: boolean;
}

interface Waiting {
  batch: Batch;
  result: Promise<BatchResult>;
  piece?: Piece;
}

/**
 * Runs the batches of one file through an engine, several at once, and takes the results in order. A large file is cut where cuts are expected, which
 * the engine confirms. Where it cannot, that piece is scanned; if it was cut in the wrong place, all that follows is scanned as well. So
 * the result depends on the file alone, never on the number of threads.
 */
class FileBatches {
  readonly #tasks: BatchTasks;
  readonly #waiting: Waiting[] = [];
  readonly #cuts: ExpectedCuts | undefined;
  /** Cuts the file once cuts are no longer expected. */
  #scanner: RecordBatches | undefined;
  /** Where the first piece starts that was not taken. */
  #place: LineLocation = { line: 1, column: 1 };
  #isUnreadable = false;
  #isStopped = false;

  readonly #batchBytes: number;

  constructor(tasks: BatchTasks, batchBytes: number, mayExpect: boolean) {
    this.#tasks = tasks;
    this.#batchBytes = batchBytes;
    // An unconfirmed batch has no lines, which are all that this task is for.
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
        // The next chunks may overwrite it.
        start.push(Uint8Array.from(chunk));
        if (start.reduce((sum, { length }) => sum + length, 0) < startBytes) continue;
        isStarted = true;
        await this.#pushStart(Buffer.concat(start), startBytes);
      }
      if (this.#scanner?.broken || this.#isStopped) break;
    }
    if (!isStarted) await this.#pushStart(Buffer.concat(start), startBytes);
    if (!this.#isStopped) await this.#end();
    while (this.#waiting.length > 0) await this.#takeFirst();
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
    this.#place = lineAfterSpan(this.#place, lineSpanOf(before));
    await this.#push(chunk.subarray(before.length));
  }

  async #push(chunk: Uint8Array): Promise<void> {
    if (this.#scanner || !this.#cuts) {
      await this.#hand(this.#scanner?.push(chunk) ?? []);
      return;
    }
    for (const piece of this.#cuts.push(chunk)) await this.#handPiece(piece);
    if (this.#cuts.isLost) await this.#scanFromPiece();
    if (this.#scanner) await this.#scanRest();
  }

  async #end(): Promise<void> {
    if (!this.#scanner) {
      const last = this.#cuts?.end();
      if (last) await this.#handPiece(last);
      while (last && !this.#scanner && this.#waiting.length > 0) await this.#takeFirst();
      if (last && !this.#scanner) return;
      if (!this.#scanner) await this.#scanFromPiece();
      await this.#scanRest();
    }
    await this.#hand(this.#scanner?.end() ?? []);
  }

  async #hand(batches: readonly Batch[]): Promise<void> {
    for (const batch of batches) {
      if (this.#waiting.length >= this.#tasks.engine.width) await this.#takeFirst();
      if (this.#isStopped) return;
      this.#run(batch);
    }
  }

  async #handPiece(piece: Piece): Promise<void> {
    while (this.#waiting.length >= this.#tasks.engine.width) await this.#takeFirst();
    if (this.#isStopped) return;
    if (this.#scanner) await this.#scan(piece);
    else this.#run({ line: 0, column: 0, bytes: piece.bytes, minifiedBytes: 0, mayPrintDifferently: true, isSpeculative: true }, piece);
  }

  #run(batch: Batch, piece?: Piece): void {
    this.#waiting.push({ batch, result: this.#tasks.engine.run(batch, this.#tasks.task()), ...(piece ? { piece } : {}) });
  }

  async #takeFirst(): Promise<void> {
    const first = this.#waiting.shift();
    if (!first) return;
    const result = await first.result;
    if (first.piece) await this.#takePiece(first.batch, result, first.piece);
    else await this.#take(first.batch, result);
  }

  async #take(batch: Batch, result: BatchResult): Promise<void> {
    if (this.#isStopped) return;
    this.#isUnreadable ||= result.unreadable > 0;
    this.#isStopped = result.stopped;
    await this.#tasks.take(batch, result);
    this.#tasks.engine.release(result);
  }

  async #takePiece(batch: Batch, result: BatchResult, piece: Piece): Promise<void> {
    if (this.#isStopped) return;
    if (result.undecided || !result.span) {
      await this.#decide(batch, piece);
      return;
    }
    Object.assign(batch, this.#place);
    this.#place = lineAfterSpan(lineAfterSpan(this.#place, result.span), lineSpanOf(piece.after));
    await this.#take(batch, result);
    this.#cuts?.recycle(batch.bytes);
  }

  /** Scans a piece that the engine could not confirm. Only if it does not hold whole records, all that follows is scanned. */
  async #decide({ bytes }: Batch, piece: Piece): Promise<void> {
    const scanner = RecordBatches.resume(piece.offset, this.#place, this.#batchBytes);
    const batches = [...scanner.push(bytes), ...scanner.push(piece.after)];
    if (!piece.isLast && scanner.isAfterComma) {
      batches.push(...scanner.flush());
      this.#place = lineAfterSpan(lineAfterSpan(this.#place, lineSpanOf(bytes)), lineSpanOf(piece.after));
      for (const batch of batches) {
        await this.#take(batch, await this.#tasks.engine.run(batch, this.#tasks.task()));
        if (this.#isStopped) return;
      }
      return;
    }
    this.#scanner = scanner;
    const later = this.#waiting.splice(0);
    await this.#hand(batches);
    for (const { batch, result, piece: next } of later) {
      await result;
      if (next) await this.#scan({ ...next, bytes: batch.bytes });
    }
  }

  async #scan({ bytes, after }: Piece): Promise<void> {
    await this.#hand(this.#scanner?.push(bytes) ?? []);
    await this.#hand(this.#scanner?.push(after) ?? []);
  }

  /** Scans from the first piece on that was not cut. */
  async #scanFromPiece(): Promise<void> {
    while (!this.#scanner && this.#waiting.length > 0) await this.#takeFirst();
    const { offset } = this.#cuts?.rest() ?? { offset: 0 };
    this.#scanner ??= RecordBatches.resume(offset, this.#place, this.#batchBytes);
  }

  async #scanRest(): Promise<void> {
    const { bytes } = this.#cuts?.rest() ?? { bytes: new Uint8Array(0) };
    await this.#hand(this.#scanner?.push(new Uint8Array(bytes)) ?? []);
  }
}

/** Runs the batches of one file of records. */
export const runFile = (
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
  tasks: BatchTasks,
  { batchBytes, expectFromBytes }: Cutting = CUTTING,
): Promise<FileEnd> => new FileBatches(tasks, batchBytes, bytes >= expectFromBytes).read(chunks);
