import { ENDING_SIGNALS } from "./ending-signals.ts";

/** Exit code, as a shell reports it, of a process that was ended because a thread hangs in a system call. */
export const STUCK_EXIT_CODE = 142;

/**
 * Ends this process while a thread hangs in a system call. `process.exit` would wait for that thread, so the process sends itself a signal
 * without a handler: the signal of the exit code, or else SIGALRM. SIGKILL would look like an out-of-memory kill.
 */
export function endStuck(exitCode: number): void {
  const found = Object.entries(ENDING_SIGNALS).find(([, code]) => code === exitCode);
  const signal = (found?.[0] ?? "SIGALRM") as NodeJS.Signals;
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
