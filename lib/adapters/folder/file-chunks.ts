import { MAX_STREAM_BYTES } from "../../contract/read-limits.ts";
import type { ByteRange } from "../../ports/ports.ts";
import { type OpenOptions, openRegularFile } from "./open-regular-file.ts";
import { readSmallFile } from "./read-small-file.ts";
import { tooLarge } from "./too-large-error.ts";

const CHUNK_BYTES = 1024 * 1024;

/** A regular file, or a range of it that is not empty, in chunks of at most 1 MiB; opened on the first read. Throws `NotRegularFileError` and `TooLargeError`. */
export async function* fileChunks(
  path: string,
  options: OpenOptions & { maxBytes?: number; range?: ByteRange | undefined } = {},
): AsyncGenerator<Uint8Array> {
  const { maxBytes = MAX_STREAM_BYTES, range } = options;
  const small = readSmallFile(path, options);
  if (small) {
    const asked = small.subarray(range?.start, range?.end);
    if (asked.length > maxBytes) throw tooLarge(path, maxBytes);
    if (asked.length > 0) yield asked;
    return;
  }
  const file = await openRegularFile(path, options);
  /** The next chunk; settled, as the caller may never ask for it. */
  let ahead: Promise<[PromiseSettledResult<Buffer>]> | undefined;
  try {
    const { size } = await file.stat();
    const { start, end } = range ?? { start: 0, end: Number.POSITIVE_INFINITY };
    const readAt = async (at: number): Promise<Buffer> => {
      const length = Math.max(Math.min(CHUNK_BYTES, end - at, Math.max(size - at, 1)), 0);
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    ahead = Promise.allSettled([readAt(start)]);
    for (let at = start; ; ) {
      const [read] = await ahead;
      if (read.status === "rejected") throw read.reason;
      const chunk = read.value;
      if (chunk.length === 0) return;
      at += chunk.length;
      if (at - start > maxBytes) throw tooLarge(path, maxBytes);
      // Read while the caller works on this chunk.
      ahead = Promise.allSettled([readAt(at)]);
      yield chunk;
    }
  } finally {
    await ahead;
    await file.close();
  }
}
