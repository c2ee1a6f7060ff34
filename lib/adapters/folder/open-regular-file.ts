import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, open, stat } from "node:fs/promises";
import { NotRegularFileError } from "./not-regular-file-error.ts";

function kindOf(found: Stats): string {
  if (found.isSymbolicLink()) return "a link";
  if (found.isDirectory()) return "a folder";
  if (found.isFIFO()) return "a pipe";
  return found.isSocket() ? "a socket" : "a device";
}

const notRegular = (path: string, kind: string): NotRegularFileError => new NotRegularFileError(`${path} is ${kind}, not a regular file`);

/** Follow links only for files that the user named, never in untrusted folders. */
export interface OpenOptions {
  followLinks?: boolean;
}

/** Opens a regular file for reading. Never waits for a pipe's writer (O_NONBLOCK) or opens a device. Throws `NotRegularFileError`. */
export async function openRegularFile(path: string, { followLinks = false }: OpenOptions = {}): Promise<FileHandle> {
  const before = await (followLinks ? stat : lstat)(path);
  if (!before.isFile()) throw notRegular(path, kindOf(before));
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (followLinks ? 0 : (constants.O_NOFOLLOW ?? 0));
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    // Replaced between the two calls.
    throw error.code === "ELOOP" ? notRegular(path, "a link") : error.code === "ENXIO" ? notRegular(path, "a pipe") : error;
  });
  const opened = await file.stat();
  if (opened.isFile()) return file;
  await file.close();
  throw notRegular(path, kindOf(opened));
}
