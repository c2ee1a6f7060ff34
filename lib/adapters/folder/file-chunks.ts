import { MAX_STREAM_BYTES } from "../../contract/read-limits.ts";
import type { ByteRange } from "../../ports/ports.ts";
import { type OpenOptions, openPlainFile } from "./open-plain-file.ts";
import { tooLarge } from "./too-large-error.ts";

const CHUNK_BYTES = 1024 * 1024;

/** A plain file, or a range of it that is not empty, in chunks of at most 1 MiB; opened on the first read. Throws `NotPlainFileError` and `TooLargeError`. */
export async function* fileChunks(
  path: string,
  options: OpenOptions & { maxBytes?: number; range?: ByteRange | undefined } = {},
): AsyncGenerator<Uint8Array> {
  const { maxBytes = MAX_STREAM_BYTES, range } = options;
  const file = await openPlainFile(path, options);
  try {
    const { size } = await file.stat();
    let total = 0;
    // Most files are small: 1 MiB for each would keep the garbage collector busy.
    const part = range && { start: range.start, end: range.end - 1 };
    const stream = file.createReadStream({ highWaterMark: Math.min(CHUNK_BYTES, size + 1), autoClose: false, ...part });
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      total += chunk.length;
      if (total > maxBytes) throw tooLarge(path, maxBytes);
      yield chunk;
    }
  } finally {
    await file.close();
  }
}
