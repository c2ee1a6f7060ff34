import type { Writable } from "node:stream";

/** Waits until a stream drains; returns at once if it is closed. */
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

/** Writes to a stream with back-pressure. Output to a closed pipe (`factpress … | head`) is dropped: the command still ends with its exit code. */
export async function writeTo(to: Writable, chunk: string | Uint8Array): Promise<void> {
  if (to.destroyed) return;
  to.write(chunk);
  await drained(to);
}
