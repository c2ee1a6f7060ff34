import { ENDING_SIGNALS } from "./ending-signals.ts";

/** Exit code, as a shell sees it, of a process that was ended because a thread waits in a system call. */
export const STUCK_EXIT_CODE = 142;

/**
 * Ends this process although a thread waits in a system call: `process.exit` would wait for that thread. So it ends by a signal that is
 * not handled: the one that the exit code stands for, or else SIGALRM. SIGKILL would look as if the system had run out of memory.
 */
export function endStuck(exitCode: number): void {
  const found = Object.entries(ENDING_SIGNALS).find(([, code]) => code === exitCode);
  const signal = (found?.[0] ?? "SIGALRM") as NodeJS.Signals;
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
