import type { Readable, Writable } from "node:stream";
import { writeTo } from "./write-to.ts";

/** Copies the output of a thread. `waitedMs`: time spent waiting for a slow reader (`| less`). */
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
