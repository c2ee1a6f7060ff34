import type { Readable, Writable } from "node:stream";

/** Waits until a stream takes more; a stream that is closed never will, and nothing is waited for. */
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

/** Writes to a stream as fast as it takes it. What goes to a closed pipe (`factpress … | head`) is dropped: the command goes on to its end and its exit code. */
export async function writeTo(to: Writable, chunk: string | Uint8Array): Promise<void> {
  if (to.destroyed) return;
  to.write(chunk);
  await drained(to);
}

/** Hands on what a thread prints, up to its end. `waitedMs` counts how long a slow reader (`| less`) kept it waiting. */
export class Forwarding {
  waitedMs = 0;
  readonly done: Promise<void>;

  constructor(from: Readable, to: Writable, now: () => number = () => performance.now()) {
    this.done = this.#run(from, to, now);
  }

  async #run(from: Readable, to: Writable, now: () => number): Promise<void> {
    for await (const chunk of from as AsyncIterable<Uint8Array>) {
      const start = now();
      await writeTo(to, chunk);
      this.waitedMs += now() - start;
    }
  }
}
