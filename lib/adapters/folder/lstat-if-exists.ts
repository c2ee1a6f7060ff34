import type { Stats } from "node:fs";
import { lstat } from "node:fs/promises";

/** The file or folder at a path, links not followed; undefined if there is none. */
export const lstatIfExists = (path: string): Promise<Stats | undefined> =>
  lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
