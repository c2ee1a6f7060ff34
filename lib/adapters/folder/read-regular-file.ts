import type { FileHandle } from "node:fs/promises";
import { MAX_DOCUMENT_BYTES } from "../../contract/read-limits.ts";
import { type OpenOptions, openRegularFile } from "./open-regular-file.ts";
import { readSmallFile } from "./read-small-file.ts";
import { tooLarge } from "./too-large-error.ts";

/** Reads a whole regular file. Throws `NotRegularFileError`, and `TooLargeError` beyond `maxBytes`. */
export async function readRegularFile(path: string, maxBytes = MAX_DOCUMENT_BYTES, options: OpenOptions = {}): Promise<Buffer> {
  const small = readSmallFile(path, options);
  if (small && small.length > maxBytes) throw tooLarge(path, maxBytes);
  if (small) return small;
  const file = await openRegularFile(path, options);
  try {
    return await readWholeFile(file, path, maxBytes);
  } finally {
    await file.close();
  }
}

/** Reads an open file to its end. Throws `TooLargeError`, also if the file grows while it is read. */
export async function readWholeFile(file: FileHandle, path: string, maxBytes = MAX_DOCUMENT_BYTES): Promise<Buffer> {
  const { size } = await file.stat();
  if (size > maxBytes) throw tooLarge(path, maxBytes);
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const room = Buffer.allocUnsafe(Math.max(1, Math.min(size - total + 1, maxBytes - total + 1)));
    const { bytesRead } = await file.read(room, 0, room.length, total);
    if (bytesRead === 0) return Buffer.concat(chunks, total);
    chunks.push(room.subarray(0, bytesRead));
    total += bytesRead;
    if (total > maxBytes) throw tooLarge(path, maxBytes);
  }
}
