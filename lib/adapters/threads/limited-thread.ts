import { Worker, type WorkerOptions } from "node:worker_threads";

export interface Limits {
  seconds: number;
  /** Of JavaScript's heap. */
  heapMB: number;
  /** How long the thread was kept waiting by others so far, which does not count. */
  waitedMs?: () => number;
}

/**
 * How a thread ended: it said something, it was done, or it was ended. `isStuck`: it waits in a system call and cannot be
 * ended; neither can its process, but by SIGKILL.
 */
export type Ending<T> = { message: T } | { exitCode: number } | { over: "time" | "memory"; isStuck: boolean };

/** A thread that is asked to end does so at its next step; one that is in a system call may never. */
const GRACE_MS = 2_000;

/** Ends a thread; false where it does not end. */
export async function endThread(thread: Pick<Worker, "terminate">, graceMs = GRACE_MS): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((done) => {
    timer = setTimeout(() => done(false), graceMs);
  });
  try {
    return await Promise.race([thread.terminate().then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a thread up to its first message or its end; it is ended where it takes too long or too much memory. Throws what it throws. */
export function limitedThread<T>(
  worker: URL,
  options: WorkerOptions,
  { seconds, heapMB, waitedMs = () => 0 }: Limits,
  started: (thread: Worker) => void = () => {},
): Promise<Ending<T>> {
  return new Promise((done, fail) => {
    const thread = new Worker(worker, {
      ...options,
      resourceLimits: { maxOldGenerationSizeMb: heapMB, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    });
    let timer: NodeJS.Timeout | undefined;
    let granted = 0;
    const stop = async (ending: (isEnded: boolean) => Ending<T>): Promise<void> => {
      clearTimeout(timer);
      thread.removeAllListeners();
      // Whatever it throws while it ends is not of interest any more.
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
