import { isUtf8 } from "node:buffer";
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const held = (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });

/** The text of a file that people write; undefined where it is not UTF-8: its letters would be lost. */
export async function readText(path: string): Promise<string | undefined> {
  const bytes = await readFile(path);
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}

/**
 * Replaces a file as a whole, as long as it holds what was read (undefined: it was not there); false where somebody has
 * saved something else since. A dataset holds nothing that starts with a dot: what a run that was ended leaves behind is
 * in nobody's way, and the next run replaces it.
 */
export async function replaceText(path: string, read: string | undefined, text: string): Promise<boolean> {
  const temporary = join(dirname(path), `.${basename(path)}.new`);
  await mkdir(dirname(path), { recursive: true });
  // Taken away first: it could be a link to elsewhere.
  await rm(temporary, { force: true });
  await writeFile(temporary, text, { flag: "wx" });
  const before = await stat(path).catch(() => undefined);
  if (before) await chmod(temporary, before.mode & 0o777);
  const now = await held(path);
  if (read === undefined ? now === undefined : now?.equals(Buffer.from(read))) {
    await rename(temporary, path);
    return true;
  }
  await rm(temporary);
  return false;
}
