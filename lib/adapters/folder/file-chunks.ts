import { MAX_STREAM_BYTES } from "../../contract/read-limits.ts";
import type { ByteRange, ReadOptions } from "../../ports/ports.ts";
import { type OpenOptions, openRegularFile } from "./open-regular-file.ts";
import { readSmallFile } from "./read-small-file.ts";
import { tooLarge } from "./too-large-error.ts";

const CHUNK_BYTES = 1024 * 1024;
/** Buffers needed when memory is reused: the chunk being read ahead, the current chunk, and the previous one. */
const REUSED_CHUNKS = 3;

/** Allocates the memory of successive chunks. */
function chunkMemory(isReused: boolean): (bytes: number) => Buffer {
  if (!isReused) return (bytes) => Buffer.allocUnsafe(bytes);
  const blocks: Buffer[] = [];
  let chunks = 0;
  return (bytes) => {
    const number = chunks++ % REUSED_CHUNKS;
    blocks[number] ??= Buffer.allocUnsafeSlow(CHUNK_BYTES);
    return blocks[number].subarray(0, bytes);
  };
}

/**
 * A regular file, or a non-empty range of it, in chunks of at most 1 MiB. Opened on the first read. Throws `NotRegularFileError` and
 * `TooLargeError`.
 */
export async function* fileChunks(
  path: string,
  options: OpenOptions & ReadOptions & { maxBytes?: number; range?: ByteRange | undefined } = {},
): AsyncGenerator<Uint8Array> {
  const { maxBytes = MAX_STREAM_BYTES, range, reusesMemory = false } = options;
  const small = readSmallFile(path, options);
  if (small) {
    const asked = small.subarray(range?.start, range?.end);
    if (asked.length > maxBytes) throw tooLarge(path, maxBytes);
    if (asked.length > 0) yield asked;
    return;
  }
  const file = await openRegularFile(path, options);
  /** The next chunk, as a settled promise: the caller may never await it. */
  let ahead: Promise<[PromiseSettledResult<Buffer>]> | undefined;
  try {
    const { size } = await file.stat();
    const take = chunkMemory(reusesMemory);
    const { start, end } = range ?? { start: 0, end: Number.POSITIVE_INFINITY };
    const readAt = async (at: number): Promise<Buffer> => {
      const length = Math.max(Math.min(CHUNK_BYTES, end - at, Math.max(size - at, 1)), 0);
      const { bytesRead, buffer } = await file.read(take(length), 0, length, at);
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
      // Read ahead while the caller processes this chunk.
      ahead = Promise.allSettled([readAt(at)]);
      yield chunk;
    }
  } finally {
    await ahead;
    await file.close();
  }
}
