import { writeChecked } from "../lib/adapters/folder/write-checked.ts";

/** Replaces a file if its text is still `read` (undefined: the file did not exist); returns false if it has changed. */
export const replaceText = (folder: string, path: string, read: string | undefined, text: string): Promise<boolean> =>
  writeChecked(folder, path, text, (current) =>
    read === undefined ? current === undefined : current !== undefined && Buffer.from(read).equals(current),
  );
