/** Signals that end a command, and the exit code that a shell gives for each: 128 and its number. */
export const ENDING_SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type Signals = keyof typeof ENDING_SIGNALS;

interface Signalled {
  once(signal: Signals, listener: () => void): unknown;
}

/** Calls `end` with the exit code at the first of these signals; the same one again ends the process at once, as the system does by itself. */
export function onEndingSignal(end: (exitCode: number) => void, source: Signalled = process): void {
  for (const [signal, exitCode] of Object.entries(ENDING_SIGNALS)) source.once(signal as Signals, () => end(exitCode));
}
