import type { Worker } from "node:worker_threads";

/** A thread terminates when it next runs JavaScript. A thread in a system call may never do so. */
const GRACE_MS = 2_000;

/** Terminates a thread. False if the thread does not end. */
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
