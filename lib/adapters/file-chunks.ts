import { createReadStream } from "node:fs";

/** A file in pieces of 1 MiB. It is opened when the first is asked for: an error meets whoever reads. */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Uint8Array>;
}
