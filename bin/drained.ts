import type { Writable } from "node:stream";

/** Waits until a stream drains. Resolves at once if it is closed. */
export function drained(to: Writable): Promise<void> {
  if (to.destroyed || !to.writableNeedDrain) return Promise.resolve();
  return new Promise((done) => {
    const go = (): void => {
      to.off("drain", go);
      to.off("close", go);
      done();
    };
    to.on("drain", go);
    to.on("close", go);
  });
}
