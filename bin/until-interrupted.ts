import { onEndingSignal } from "./ending-signals.ts";

export const untilInterrupted = (): Promise<void> =>
  new Promise((done) => {
    onEndingSignal(() => done());
  });
