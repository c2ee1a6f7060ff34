import { checkedUserPath } from "../lib/adapters/folder/checked-path.ts";
import { UnsafePathError } from "../lib/adapters/folder/unsafe-path-error.ts";
import { UsageError } from "./usage-error.ts";

/** Returns a path that a command may write to. Throws if the path contains a link below the current folder. */
export async function pathToWrite(path: string): Promise<string> {
  try {
    return await checkedUserPath(path);
  } catch (error) {
    throw error instanceof UnsafePathError ? new UsageError(`${error.message} Nothing was written.`) : error;
  }
}
