import { lstatSync, type Stats } from "node:fs";
import { hasErrorCode } from "./has-error-code.ts";

/**
 * The file or folder at a path, links not followed; undefined if there is none. Synchronous: the call takes microseconds, a trip through
 * the pool of threads many times that, and every path that is written is looked at part by part.
 */
export function lstatIfExists(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
}
