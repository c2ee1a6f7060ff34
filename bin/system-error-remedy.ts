const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full. Free some space and run the command again.",
  EDQUOT: "The disk quota is exceeded. Free some space and run the command again.",
  EROFS: "The disk is read-only. Name a folder on another disk.",
  EACCES: "Check its permissions.",
  ENOTDIR: "A file is in place of a folder. Name another folder, or move the file.",
  EISDIR: "A folder is in place of a file. Remove it, or rename it.",
  "EEXIST mkdir": "A file is in place of a folder. Name another folder, or move the file.",
  "ENOENT mkdtemp": "The folder for temporary files does not exist. Set TMPDIR to one that does.",
  "ENOENT mkdir": "It cannot be created: a folder above it is read-only, or was removed. Name another folder.",
};

/** What the user can do about a system error; undefined if unknown. */
export function systemErrorRemedy(error: unknown): string | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === undefined ? undefined : (REMEDIES[`${code} ${syscall}`] ?? REMEDIES[code]);
}
