import { Worker, type WorkerOptions } from "node:worker_threads";

export interface Limits {
  seconds: number;
  /** Of JavaScript's heap. */
  heapMB: number;
}

/** How a thread ended: it said something, it was done, or it was ended. */
export type Ending<T> = { message: T } | { exitCode: number } | { over: "time" | "memory" };

/** Runs a thread up to its first message or its end; it is ended where it takes too long or too much memory. Throws what it throws. */
export function limitedThread<T>(worker: URL, options: WorkerOptions, { seconds, heapMB }: Limits): Promise<Ending<T>> {
  return new Promise((done, fail) => {
    const thread = new Worker(worker, {
      ...options,
      resourceLimits: { maxOldGenerationSizeMb: heapMB, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    });
    const end = (ending: Ending<T>): void => {
      clearTimeout(timer);
      thread.removeAllListeners();
      void thread.terminate().then(() => done(ending));
    };
    const timer = setTimeout(() => end({ over: "time" }), seconds * 1000);
    thread.once("message", (message: T) => end({ message }));
    thread.once("exit", (exitCode) => end({ exitCode }));
    thread.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") end({ over: "memory" });
      else fail(error);
    });
  });
}
