import { writeChecked } from "../lib/adapters/folder/write-checked.ts";

/** Replaces a file if it still holds what was read (undefined: it did not exist); false if it was changed since. */
export const replaceText = (folder: string, path: string, read: string | undefined, text: string): Promise<boolean> =>
  writeChecked(folder, path, text, (current) =>
    read === undefined ? current === undefined : current !== undefined && Buffer.from(read).equals(current),
  );
