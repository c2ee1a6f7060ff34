import { MAX_STREAM_BYTES } from "../../contract/read-limits.ts";
import type { ByteRange } from "../../ports/ports.ts";
import { type OpenOptions, openRegularFile } from "./open-regular-file.ts";
import { tooLarge } from "./too-large-error.ts";

const CHUNK_BYTES = 1024 * 1024;

/** A regular file, or a range of it that is not empty, in chunks of at most 1 MiB; opened on the first read. Throws `NotRegularFileError` and `TooLargeError`. */
export async function* fileChunks(
  path: string,
  options: OpenOptions & { maxBytes?: number; range?: ByteRange | undefined } = {},
): AsyncGenerator<Uint8Array> {
  const { maxBytes = MAX_STREAM_BYTES, range } = options;
  const file = await openRegularFile(path, options);
  try {
    const { size } = await file.stat();
    const { start, end } = range ?? { start: 0, end: Number.POSITIVE_INFINITY };
    for (let at = start; at < end; ) {
      // Most files are small: 1 MiB for each would keep the garbage collector busy.
      const length = Math.min(CHUNK_BYTES, end - at, Math.max(size - at, 1));
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      if (at - start > maxBytes) throw tooLarge(path, maxBytes);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
