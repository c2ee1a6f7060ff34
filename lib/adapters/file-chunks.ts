import { open } from "node:fs/promises";

const CHUNK_BYTES = 1024 * 1024;

/** A file in pieces of up to 1 MiB. It is opened when the first is asked for: an error meets whoever reads. */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    // Most files are small: a whole MiB for each keeps the garbage collector busy.
    yield* file.createReadStream({ highWaterMark: Math.min(CHUNK_BYTES, size + 1), autoClose: false }) as AsyncIterable<Uint8Array>;
  } finally {
    await file.close();
  }
}
