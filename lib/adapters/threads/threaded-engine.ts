import { availableParallelism } from "node:os";
import { resourceLimits, Worker } from "node:worker_threads";
import { type BatchResult, createEngine, type EngineSetup, type Task } from "../../engine/engine.ts";
import { encodesWithoutObjects } from "../../engine/fast/byte-encoder-classes.ts";
import type { Batch } from "../../json/record-batches.ts";
import type { RunningEngine, StartEngine } from "../../ports/ports.ts";
import type { EngineAnswer, EngineTask } from "./engine-worker.ts";
import { FEW_OBJECTS } from "./few-objects.ts";
import { inlineEngine } from "./inline-engine.ts";
import { SharedBlocks } from "./shared-blocks.ts";

/** A smaller table is finished before a thread would have started. */
const WORTH_THREADS_BYTES = 8 * 1024 * 1024;
const MAX_THREADS = 4;

interface PendingTask extends EngineTask {
  done(result: BatchResult): void;
  failed(error: Error): void;
}

/** A thread that runs an engine. If the thread dies, its batches fail, so that the parent does not hang. */
class EngineThread {
  readonly #worker: Worker;
  readonly #waiting: PendingTask[] = [];
  readonly #blocks: SharedBlocks<BatchResult>;
  #dead: Error | undefined;

  constructor(setup: EngineSetup, blocks: SharedBlocks<BatchResult>) {
    this.#blocks = blocks;
    this.#worker = new Worker(new URL("./engine-worker.js", import.meta.url), {
      workerData: setup,
      resourceLimits: setup.encoders.every(encodesWithoutObjects) ? FEW_OBJECTS : resourceLimits,
    });
    this.#worker.on("message", ({ result, bytes, partBytes }: EngineAnswer) => {
      const first = this.#waiting.shift();
      if (!first) return;
      first.batch.bytes = bytes;
      this.#blocks.expect(partBytes);
      if (first.memory) this.#blocks.hold(result, first.memory);
      first.done(result);
    });
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", (code) => this.#fail(new Error(`An engine thread exited with code ${code}`)));
  }

  get load(): number {
    return this.#waiting.length;
  }

  run(batch: Batch, task: Task): Promise<BatchResult> {
    if (this.#dead) return Promise.reject(this.#dead);
    return new Promise((done, failed) => {
      const message: EngineTask = { batch, task, memory: task === "encode" ? this.#blocks.take() : undefined };
      this.#waiting.push({ ...message, done, failed });
      // Transferred both ways instead of copied. Afterwards, the caller may look up positions in it.
      this.#worker.postMessage(message, [batch.bytes.buffer as ArrayBuffer]);
    });
  }

  async close(): Promise<void> {
    this.#worker.removeAllListeners("exit");
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#dead ??= error;
    for (const { failed } of this.#waiting.splice(0)) failed(error);
  }
}

/** Runs the engine in a number of threads. Results do not depend on the number. */
export const engineWithThreads =
  (count: number): StartEngine =>
  (setup) =>
    startThreads(setup, count);

/** Runs the engine in threads if a table is large enough. */
export const threadedEngine: StartEngine = (setup, bytes) =>
  bytes < WORTH_THREADS_BYTES ? inlineEngine(setup, bytes) : startThreads(setup, Math.min(MAX_THREADS, availableParallelism()));

function startThreads(setup: EngineSetup, count: number): RunningEngine {
  const blocks = new SharedBlocks<BatchResult>();
  const threads = Array.from({ length: count }, () => new EngineThread(setup, blocks));
  let finder: ReturnType<typeof createEngine> | undefined;
  return {
    width: threads.length * 2,
    run(batch, task) {
      const idle = threads.reduce((best, thread) => (thread.load < best.load ? thread : best));
      const result = idle.run(batch, task);
      // The caller gets the error when it awaits the result. The rejection of a result that is never awaited must not end the process.
      result.catch(() => {});
      return result;
    },
    release: (result) => blocks.release(result),
    find(...args) {
      finder ??= createEngine(setup);
      return finder.find(...args);
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}
