import { UnreadableSourceError } from "../../ports/ports.ts";

const MAX_FILES = 20_000;
const MAX_DEPTH = 8;

/** Throws where a folder of a dataset lies too deep. */
export function checkDepth(folder: string): void {
  const parts = folder.split("/");
  if (parts.length > MAX_DEPTH)
    throw new UnreadableSourceError(`${parts.slice(0, MAX_DEPTH + 1).join("/")}: folders are nested deeper than ${MAX_DEPTH}`);
}

/** Throws where the name of a file or folder is no UTF-8: Node gives U+FFFD for such bytes, and nothing is found by that. */
export function checkName(path: string): void {
  if (path.includes("\ufffd")) throw new UnreadableSourceError(`${path}: this name is not UTF-8; rename it, in plain letters`);
}

/** Throws where a dataset has too many files. */
export function checkFileCount(files: readonly unknown[], folder: string): void {
  if (files.length > MAX_FILES) throw new UnreadableSourceError(`There are more than ${MAX_FILES} files in ${folder}`);
}
