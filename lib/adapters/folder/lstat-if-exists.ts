import { lstatSync, type Stats } from "node:fs";
import { hasErrorCode } from "./has-error-code.ts";

/**
 * The file or folder at a path, without following links; undefined if there is none. Synchronous, because the call takes microseconds, the
 * thread pool much longer, and every part of a written path is checked.
 */
export function lstatIfExists(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
}
