import { isUtf8 } from "node:buffer";
import { writeChecked } from "../lib/adapters/folder/checked-path.ts";
import { readPlainFile } from "../lib/adapters/folder/plain-file.ts";

/** The text of a file that people write; undefined where it is not UTF-8: its letters would be lost. */
export async function readText(path: string): Promise<string | undefined> {
  const bytes = await readPlainFile(path);
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}

/** Replaces a file below a folder as long as it holds what was read (undefined: it was not there); false where somebody has saved something else since. */
export const replaceText = (folder: string, path: string, read: string | undefined, text: string): Promise<boolean> =>
  writeChecked(folder, path, text, (standing) =>
    read === undefined ? standing === undefined : standing !== undefined && Buffer.from(read).equals(standing),
  );
