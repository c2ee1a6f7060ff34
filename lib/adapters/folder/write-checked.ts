import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { lstatIfExists } from "./lstat-if-exists.ts";
import { makeCheckedParents } from "./make-checked-parents.ts";
import { openNewFile } from "./open-new-file.ts";
import { hasProcessTag, processTag } from "./process-tag.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { removeLeftovers } from "./remove-leftovers.ts";

const NEW = ".new";

/**
 * Writes a file below a folder atomically, and refuses to replace a link. `mayReplace` is called with the current content (undefined if
 * there is none) just before the file is replaced. Temporary files of killed writers are removed.
 */
export async function writeChecked(
  root: string,
  path: string,
  bytes: string | Uint8Array,
  mayReplace: (current: Uint8Array | undefined) => boolean = () => true,
): Promise<boolean> {
  const target = await makeCheckedParents(root, path);
  await removeLeftovers(dirname(target), (name) => name.startsWith(".") && name.endsWith(NEW) && hasProcessTag(name));
  const before = lstatIfExists(target);
  const temporary = join(dirname(target), `.${processTag()}-${randomUUID()}${NEW}`);
  try {
    const file = await openNewFile(temporary);
    try {
      await file.writeFile(bytes);
      if (before) await file.chmod(before.mode & 0o777);
    } finally {
      await file.close();
    }
    const isAllowed = mayReplace(lstatIfExists(target) ? await readRegularFile(target) : undefined);
    if (isAllowed) await rename(temporary, target);
    return isAllowed;
  } finally {
    await rm(temporary, { force: true });
  }
}
