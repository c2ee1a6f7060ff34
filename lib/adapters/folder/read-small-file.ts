import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { checkOpenedFile, checkRegularFile, type OpenOptions, openFlags, replacedFileError } from "./open-regular-file.ts";

/** Hand-written datasets consist of such files. */
const SMALL_BYTES = 64 * 1024;

/** Undefined if the file is larger. */
function openSmall(path: string, options: OpenOptions): number | undefined {
  const { size } = checkRegularFile(path, options);
  if (size > SMALL_BYTES) return undefined;
  try {
    return openSync(path, openFlags(options));
  } catch (error) {
    throw replacedFileError(path, error as NodeJS.ErrnoException);
  }
}

/**
 * The bytes of a regular file; undefined if it is larger than 64 KiB. Synchronous: one round trip to the thread pool takes longer than all
 * of these calls. Throws `NotRegularFileError`.
 */
export function readSmallFile(path: string, options: OpenOptions = {}): Buffer | undefined {
  const file = openSmall(path, options);
  if (file === undefined) return undefined;
  try {
    const found = fstatSync(file);
    checkOpenedFile(path, found);
    if (found.size > SMALL_BYTES) return undefined;
    const room = Buffer.allocUnsafe(found.size + 1);
    let length = 0;
    while (length < room.length) {
      const count = readSync(file, room, length, room.length - length, length);
      if (count === 0) return room.subarray(0, length);
      length += count;
    }
    // The file has grown in the meantime.
    return undefined;
  } finally {
    closeSync(file);
  }
}
