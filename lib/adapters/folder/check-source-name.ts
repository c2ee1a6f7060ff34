import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";

const MAX_FILES = 20_000;
const MAX_DEPTH = 8;

/** Throws `UnreadableSourceError` if a folder of a dataset is nested too deeply. */
export function checkSourceDepth(folder: string): void {
  const parts = folder.split("/");
  if (parts.length > MAX_DEPTH)
    throw new UnreadableSourceError(`${parts.slice(0, MAX_DEPTH + 1).join("/")}: folders are nested deeper than ${MAX_DEPTH}`);
}

/** Throws `UnreadableSourceError` for a name that is not UTF-8. Node decodes its bytes as U+FFFD and then cannot open the file. */
export function checkSourceName(path: string): void {
  if (path.includes("\ufffd")) throw new UnreadableSourceError(`${path}: the name is not UTF-8. Rename it with plain letters`);
}

/** Throws `UnreadableSourceError` if a dataset has too many files. */
export function checkSourceFileCount(files: readonly unknown[], folder: string): void {
  if (files.length > MAX_FILES) throw new UnreadableSourceError(`Too many files in ${folder} (maximum ${MAX_FILES})`);
}
