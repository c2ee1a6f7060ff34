import { Worker } from "node:worker_threads";
import { PartMemory } from "../../engine/part-memory.ts";
import type { Output, TableFile, TablePart, TableWriter } from "../../formats/format.ts";
import { FORMATS } from "../../formats/formats.ts";
import type { StartWriter } from "../../ports/ports.ts";
import { FEW_OBJECTS } from "./few-objects.ts";
import { SharedBlocks } from "./shared-blocks.ts";
import type { WriterAnswer, WriterSetup, WriterTask } from "./writer-worker.ts";

/** A smaller file is finished before a thread would have started. */
const WORTH_THREAD_BYTES = 4 * 1024 * 1024;
/**
 * Maximum parts queued for the thread, which bounds memory if the thread is the slowest stage. While it encodes a row group of
 * Parquet, parts of the next one are queued.
 */
const MAX_WAITING = 10;

interface PendingWrite {
  done(): void;
  failed(error: Error): void;
}

const bytesOf = ({ chunks }: TablePart): number => chunks.reduce((sum, chunk) => sum + chunk.length, 0);

/** A copy of a part with its own chunks. */
const copyOf = (part: TablePart, memory: PartMemory): TablePart => ({ ...part, chunks: part.chunks.map((chunk) => memory.copy(chunk)) });

/** Encodes a file in a thread, which returns the bytes. If the thread dies, pending calls fail, so that the parent does not hang. */
class RemoteWriter implements TableWriter {
  readonly #worker: Worker;
  readonly #waiting: PendingWrite[] = [];
  /** Queued parts are in shared memory. */
  readonly #blocks = new SharedBlocks<TablePart>();
  /** Writes run one after the other. */
  #written: Promise<void> = Promise.resolve();
  #oldest: Promise<void>[] = [];
  #dead: Error | undefined;

  constructor({ format, ...file }: TableFile, output: Output) {
    const workerData: WriterSetup = { ...file, format: format.name };
    this.#worker = new Worker(new URL("./writer-worker.js", import.meta.url), { workerData, resourceLimits: FEW_OBJECTS });
    this.#worker.on("message", (message: WriterAnswer) => {
      if (message === "done") this.#waiting.shift()?.done();
      else {
        this.#written = this.#written.then(() => output.write(message.bytes));
        // The next write or close throws the error.
        this.#written.catch(() => {});
      }
    });
    this.#worker.on("error", (error: Error) => this.#fail(error));
    this.#worker.on("exit", (code) => this.#fail(new Error(`A writer thread exited with code ${code}`)));
  }

  async write(part: TablePart): Promise<void> {
    await this.#written;
    if (this.#oldest.length >= MAX_WAITING) await this.#oldest.shift();
    this.#blocks.expect(bytesOf(part));
    const block = this.#blocks.take();
    const copy = copyOf(part, new PartMemory(block));
    this.#blocks.hold(copy, block);
    const run = this.#run({ part: copy }).then(() => this.#blocks.release(copy));
    // The promise may never be awaited. Closing the writer fails as well.
    run.catch(() => {});
    this.#oldest.push(run);
  }

  async close(): Promise<void> {
    try {
      await this.#run("close");
      await this.#written;
    } finally {
      await this.abort();
    }
  }

  async abort(): Promise<void> {
    this.#worker.removeAllListeners("exit");
    await this.#worker.terminate();
  }

  #run(task: WriterTask): Promise<void> {
    if (this.#dead) return Promise.reject(this.#dead);
    return new Promise<void>((done, failed) => {
      this.#waiting.push({ done, failed });
      this.#worker.postMessage(task);
    });
  }

  #fail(error: Error): void {
    this.#dead ??= error;
    for (const { failed } of this.#waiting.splice(0)) failed(error);
  }
}

/** Buffers the first parts of a file until it is large enough for a thread. A small file is written in the calling thread. */
class LateWriter implements TableWriter {
  readonly #file: TableFile;
  readonly #output: Output;
  #parts: TablePart[] = [];
  #bytes = 0;
  #remote: RemoteWriter | undefined;

  constructor(file: TableFile, output: Output) {
    this.#file = file;
    this.#output = output;
  }

  async write(part: TablePart): Promise<void> {
    if (this.#remote) return this.#remote.write(part);
    this.#parts.push(copyOf(part, new PartMemory()));
    this.#bytes += bytesOf(part);
    if (this.#bytes < WORTH_THREAD_BYTES) return undefined;
    this.#remote = new RemoteWriter(this.#file, this.#output);
    return this.#writeParts(this.#remote);
  }

  async close(): Promise<void> {
    const writer = this.#remote ?? (await this.#file.format.open(this.#file, this.#output));
    await this.#writeParts(writer);
    await writer.close();
  }

  async abort(): Promise<void> {
    await this.#remote?.abort();
  }

  async #writeParts(writer: TableWriter): Promise<void> {
    const parts = this.#parts;
    this.#parts = [];
    for (const part of parts) await writer.write(part);
  }
}

/** Writes large files of slow formats in a separate thread, with the same bytes. */
export const threadedWriter: StartWriter = async (file, output) => {
  const { format } = file;
  // A thread can load only the formats of this package.
  return format.isSlow && FORMATS.includes(format) ? new LateWriter(file, output) : format.open(file, output);
};
