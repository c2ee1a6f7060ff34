import { hasErrorCode } from "../lib/adapters/folder/has-error-code.ts";
import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";

/** Causes that Node names by their code only. */
const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full",
  EDQUOT: "The disk quota is exceeded",
  EROFS: "The disk is read-only",
  EACCES: "Permission denied",
};

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: "Free some space and run the command again.",
  EDQUOT: "Free some space and run the command again.",
  EROFS: "Name a folder on another disk.",
  EACCES: "Check its permissions.",
  ENOTDIR: "A file is in place of a folder. Name another folder, or move the file.",
  EISDIR: "A folder is in place of a file. Remove it, or rename it.",
  "EEXIST mkdir": "A file is in place of a folder. Name another folder, or move the file.",
  "ENOENT mkdtemp": "The folder for temporary files does not exist. Set TMPDIR to one that does.",
  "ENOENT mkdir": "It cannot be created: a folder above it is read-only, or was removed. Name another folder.",
};

/** The message of an error, and what the user can do about it if that is known. */
export function explainError(error: Error): { message: string; remedy?: string } {
  const { code = "", syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const cause = CAUSES[code];
  const place = dest ?? path;
  // Without a path, only the message of Node says what was refused, such as a port.
  const isVague = code === "EACCES" && place === undefined;
  const text = cause === undefined || isVague ? error.message : `${cause}${place === undefined ? "" : `: ${place}`}`;
  const message = escapeControlChars(text, "\n");
  const remedy = REMEDIES[`${code} ${syscall}`] ?? REMEDIES[code];
  return remedy === undefined ? { message } : { message, remedy };
}

/** Whether nothing can be written to a disk, so that several steps fail for the same reason. */
export const isDiskError = (error: unknown): boolean => hasErrorCode(error, "ENOSPC", "EDQUOT", "EROFS");
