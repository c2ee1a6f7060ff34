import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, open, stat } from "node:fs/promises";
import { MAX_DOCUMENT_BYTES } from "../../contract/read-limits.ts";

/** The file to read is a link, a folder, a pipe, a socket or a device. */
export class NotPlainFileError extends Error {
  override name = "NotPlainFileError";
}

/** A file is larger than the limit for it. */
export class TooLargeError extends Error {
  override name = "TooLargeError";
}

const MIB = 1024 * 1024;

function kindOf(found: Stats): string {
  if (found.isSymbolicLink()) return "a link";
  if (found.isDirectory()) return "a folder";
  if (found.isFIFO()) return "a pipe";
  return found.isSocket() ? "a socket" : "a device";
}

const notPlain = (path: string, kind: string): NotPlainFileError =>
  new NotPlainFileError(`${path} is ${kind}, and only plain files are read here`);

/** Follow links only for files that the user named, never in folders whose content may come from strangers. */
export interface OpenOptions {
  followLinks?: boolean;
}

/** Opens a plain file for reading. Never waits for a pipe's writer (O_NONBLOCK) or opens a device. Throws `NotPlainFileError`. */
export async function openPlainFile(path: string, { followLinks = false }: OpenOptions = {}): Promise<FileHandle> {
  const before = await (followLinks ? stat : lstat)(path);
  if (!before.isFile()) throw notPlain(path, kindOf(before));
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (followLinks ? 0 : (constants.O_NOFOLLOW ?? 0));
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    // Replaced between the two calls.
    throw error.code === "ELOOP" ? notPlain(path, "a link") : error.code === "ENXIO" ? notPlain(path, "a pipe") : error;
  });
  const opened = await file.stat();
  if (opened.isFile()) return file;
  await file.close();
  throw notPlain(path, kindOf(opened));
}

export const tooLarge = (what: string, maxBytes: number): TooLargeError =>
  new TooLargeError(`${what} is too large: more than ${maxBytes >= MIB ? `${Math.floor(maxBytes / MIB)} MiB` : `${maxBytes} bytes`}`);

/** Reads a whole plain file. Throws `NotPlainFileError`, and `TooLargeError` beyond `maxBytes`. */
export async function readPlainFile(path: string, maxBytes = MAX_DOCUMENT_BYTES, options: OpenOptions = {}): Promise<Buffer> {
  const file = await openPlainFile(path, options);
  try {
    return await readWhole(file, path, maxBytes);
  } finally {
    await file.close();
  }
}

/** Reads a whole open file. Throws `TooLargeError` even if it grows while it is read. */
export async function readWhole(file: FileHandle, path: string, maxBytes = MAX_DOCUMENT_BYTES): Promise<Buffer> {
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
