import type { Worker } from "node:worker_threads";

/** A terminated thread ends at its next JavaScript step; one in a system call may never. */
const GRACE_MS = 2_000;

/** Terminates a thread; false if it does not end. */
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
