import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { checkedPath } from "./checked-path.ts";
import { lstatIfExists } from "./lstat-if-exists.ts";

/** Creates the parent folders of a checked path. */
export async function makeCheckedParents(root: string, path: string): Promise<string> {
  const target = await checkedPath(root, path);
  if (lstatIfExists(dirname(target))) return target;
  await mkdir(dirname(target), { recursive: true });
  // Checked again: a folder may have been replaced by a link in the meantime.
  return checkedPath(root, path);
}
