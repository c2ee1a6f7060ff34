import { join } from "node:path";
import { checkedPathParts } from "./checked-path.ts";
import { lstatIfExists } from "./lstat-if-exists.ts";
import { NotRegularFileError } from "./not-regular-file-error.ts";

/**
 * Resolves a path to read below `root`, whose content is untrusted. Throws if `path` leaves `root` or passes through a link. The caller
 * must open the file with `openRegularFile`.
 */
export async function readablePath(root: string, path: string): Promise<string> {
  const parts = checkedPathParts(path);
  let at = root;
  for (const part of parts.slice(0, -1)) {
    at = join(at, part);
    if (lstatIfExists(at)?.isSymbolicLink()) throw new NotRegularFileError(`${at} is a link, not a regular file`);
  }
  return join(root, ...parts);
}
