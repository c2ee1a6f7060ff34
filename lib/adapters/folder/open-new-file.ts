import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** Creates a file. Fails if it exists. Follows no links. */
export const openNewFile = (path: string): Promise<FileHandle> =>
  open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0), 0o644);
