import { lstatSync, type Stats } from "node:fs";
import { hasErrorCode } from "./has-error-code.ts";

/**
 * Stats of a path without following links; undefined if it does not exist. Synchronous, because every segment of every written path is
 * checked: the call takes microseconds, the thread pool much longer.
 */
export function lstatIfExists(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
}
