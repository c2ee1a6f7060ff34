import { isUtf8 } from "node:buffer";
import { writeChecked } from "../lib/adapters/folder/checked-path.ts";
import { readPlainFile } from "../lib/adapters/folder/open-plain-file.ts";

/** The text of a file; undefined if it is not UTF-8, which would lose characters. */
export async function readText(path: string): Promise<string | undefined> {
  const bytes = await readPlainFile(path);
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}

/** Replaces a file if it still holds what was read (undefined: it did not exist); false if it was changed since. */
export const replaceText = (folder: string, path: string, read: string | undefined, text: string): Promise<boolean> =>
  writeChecked(folder, path, text, (current) =>
    read === undefined ? current === undefined : current !== undefined && Buffer.from(read).equals(current),
  );
