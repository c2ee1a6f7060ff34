/** Signals that end a command, with their exit codes: 128 + number. */
export const ENDING_SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type Signals = keyof typeof ENDING_SIGNALS;

interface Signalled {
  once(signal: Signals, listener: () => void): unknown;
}

/** Calls `end` with the exit code on the first of these signals. A second one ends the process at once. */
export function onEndingSignal(end: (exitCode: number) => void, source: Signalled = process): void {
  for (const [signal, exitCode] of Object.entries(ENDING_SIGNALS)) source.once(signal as Signals, () => end(exitCode));
}
