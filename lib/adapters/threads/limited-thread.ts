import { Worker, type WorkerOptions } from "node:worker_threads";
import { endThread } from "./end-thread.ts";

/**
 * V8 frees the bytes of batches, which are outside its heap, when it collects the young generation: with one of 64 MB, a build of a million
 * records has a peak that is 25 MB higher, and takes as long. Only a check that finds thousands of problems takes a tenth more CPU with this one.
 */
const YOUNG_MB = 6;

export interface Limits {
  seconds: number;
  /** Limit of the JavaScript heap. */
  heapMB: number;
  /** Time that the thread has spent waiting for other threads, which does not count. */
  waitedMs?: () => number;
}

/**
 * How a thread ended: with a message, by exiting, or over a limit. `isStuck`: the thread is blocked in a system call, and only a signal
 * ends the process.
 */
export type Ending<T> = { message: T } | { exitCode: number } | { over: "time" | "memory"; isStuck: boolean };

/** Runs a thread until its first message or its exit, and terminates it over the limits. Rethrows the thread's error. */
export function limitedThread<T>(
  worker: URL,
  options: WorkerOptions,
  { seconds, heapMB, waitedMs = () => 0 }: Limits,
  started: (thread: Worker) => void = () => {},
): Promise<Ending<T>> {
  return new Promise((done, fail) => {
    const thread = new Worker(worker, {
      ...options,
      resourceLimits: { maxOldGenerationSizeMb: heapMB, maxYoungGenerationSizeMb: YOUNG_MB, stackSizeMb: 4 },
    });
    let timer: NodeJS.Timeout | undefined;
    let granted = 0;
    const stop = async (ending: (isEnded: boolean) => Ending<T>): Promise<void> => {
      clearTimeout(timer);
      thread.removeAllListeners();
      // Errors during termination do not matter.
      thread.on("error", () => {});
      done(ending(await endThread(thread)));
    };
    const arm = (ms: number): void => {
      timer = setTimeout(() => {
        const more = waitedMs() - granted;
        granted += more;
        if (more > 0) arm(more);
        else void stop((isEnded) => ({ over: "time", isStuck: !isEnded }));
      }, ms);
    };
    arm(seconds * 1000);
    thread.once("message", (message: T) => void stop(() => ({ message })));
    thread.once("exit", (exitCode) => void stop(() => ({ exitCode })));
    thread.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") void stop((isEnded) => ({ over: "memory", isStuck: !isEnded }));
      else {
        clearTimeout(timer);
        fail(error);
      }
    });
    started(thread);
  });
}
