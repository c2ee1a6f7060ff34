import { constants, fstatSync, lstatSync, type Stats, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { NotRegularFileError } from "./not-regular-file-error.ts";

function kindOf(found: Stats): string {
  if (found.isSymbolicLink()) return "a link";
  if (found.isDirectory()) return "a folder";
  if (found.isFIFO()) return "a pipe";
  return found.isSocket() ? "a socket" : "a device";
}

const notRegular = (path: string, kind: string): NotRegularFileError => new NotRegularFileError(`${path} is ${kind}, not a regular file`);

/** Follow links only for files named by the user, never in untrusted folders. */
export interface OpenOptions {
  followLinks?: boolean;
}

/** Throws `NotRegularFileError` unless the path is a regular file. Opening a pipe or a device has side effects. */
export function checkRegularFile(path: string, { followLinks = false }: OpenOptions): Stats {
  const before = (followLinks ? statSync : lstatSync)(path);
  if (!before.isFile()) throw notRegular(path, kindOf(before));
  return before;
}

/** Flags for opening a file without waiting for a pipe's writer (O_NONBLOCK). */
export const openFlags = ({ followLinks = false }: OpenOptions): number =>
  constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (followLinks ? 0 : (constants.O_NOFOLLOW ?? 0));

/** The error for a file that was replaced between check and opening. */
export const replacedFileError = (path: string, error: NodeJS.ErrnoException): Error =>
  error.code === "ELOOP" ? notRegular(path, "a link") : error.code === "ENXIO" ? notRegular(path, "a pipe") : error;

/** Throws `NotRegularFileError` if the file was replaced between check and opening. */
export function checkOpenedFile(path: string, opened: Stats): void {
  if (!opened.isFile()) throw notRegular(path, kindOf(opened));
}

/** Opens a regular file for reading. Throws `NotRegularFileError` for anything else, without waiting for a pipe or a device. */
export async function openRegularFile(path: string, options: OpenOptions = {}): Promise<FileHandle> {
  checkRegularFile(path, options);
  const file = await open(path, openFlags(options)).catch((error: NodeJS.ErrnoException) => {
    throw replacedFileError(path, error);
  });
  const opened = fstatSync(file.fd);
  if (!opened.isFile()) await file.close();
  checkOpenedFile(path, opened);
  return file;
}
