import { randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { NotPlainFileError, readPlainFile } from "./open-plain-file.ts";
import { hasProcessTag, processTag, removeLeftovers } from "./process-tag.ts";

/** A path that must not be written: it leaves its folder, passes through a link, or has a name that cannot be published. */
export class UnsafePathError extends Error {
  override name = "UnsafePathError";
}

const MAX_NAME_BYTES = 255;

/**
 * Whether a file or folder may have this name, in a store and in clones on every system: one path segment, no control
 * characters, no separators of another system, no trailing space or dot (Windows drops them).
 */
export const isPublishableName = (name: string): boolean =>
  name !== "" && !/^\.{1,2}$|[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]|[ .]$/u.test(name) && Buffer.byteLength(name) <= MAX_NAME_BYTES;

/** The file or folder at a path, links not followed; undefined if there is none. */
export const lstatIfExists = (path: string): Promise<Stats | undefined> =>
  lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });

/** The segments of a relative path with forward slashes. Throws `UnsafePathError` for a name that cannot be published. */
export function checkedParts(path: string): string[] {
  const parts = path.split("/");
  const bad = parts.find((part) => !isPublishableName(part));
  if (bad !== undefined)
    throw new UnsafePathError(`${JSON.stringify(path)} cannot be published: ${JSON.stringify(bad)} is not a valid name`);
  return parts;
}

/**
 * Resolves a path to write below `root`, which is trusted. Every write goes through here. Throws `UnsafePathError` if `path`
 * leaves `root`, passes through a link or a file, or names anything but a plain file or a folder.
 */
export const checkedPath = async (root: string, path: string): Promise<string> => withoutLinks(root, checkedParts(path));

async function withoutLinks(root: string, parts: readonly string[]): Promise<string> {
  const target = join(root, ...parts);
  let at = root;
  for (const [i, part] of parts.entries()) {
    at = join(at, part);
    const found = await lstatIfExists(at);
    if (!found) return target;
    if (found.isSymbolicLink())
      throw new UnsafePathError(`${at} is a link, and nothing is written through links. Remove it, or name its target.`);
    const isWritable = found.isDirectory() || (found.isFile() && i === parts.length - 1);
    if (!isWritable) throw new UnsafePathError(`${at} is neither a folder nor a plain file. Remove it.`);
  }
  return target;
}

/**
 * Resolves a path to read below `root`, whose content may come from strangers. Throws if `path` leaves `root` or passes through
 * a link. The caller must open it with `openPlainFile`.
 */
export async function readablePath(root: string, path: string): Promise<string> {
  const parts = checkedParts(path);
  let at = root;
  for (const part of parts.slice(0, -1)) {
    at = join(at, part);
    if ((await lstatIfExists(at))?.isSymbolicLink()) throw new NotPlainFileError(`${at} is a link, and only plain files are read here`);
  }
  return join(root, ...parts);
}

/**
 * Resolves a path that the user named. Below the current folder no link is followed, since it may have come with a clone;
 * links elsewhere are the user's own.
 */
export async function checkedUserPath(path: string, from = process.cwd()): Promise<string> {
  const target = resolve(from, path);
  const below = relative(from, target);
  if (below === "" || isAbsolute(below) || below.split(sep)[0] === "..") return target;
  return withoutLinks(from, below.split(sep));
}

/** Creates the parent folders of a checked path. */
export async function makeParents(root: string, path: string): Promise<string> {
  const target = await checkedPath(root, path);
  await mkdir(dirname(target), { recursive: true });
  // Again: a folder may have been replaced by a link in the meantime.
  return checkedPath(root, path);
}

/** Creates a file; fails if it exists. No link is followed. */
export const openNewFile = (path: string): Promise<FileHandle> =>
  open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0), 0o644);

const NEW = ".new";

/**
 * Writes a file below a folder atomically; a link in its place is refused. `mayReplace` gets the present content (undefined:
 * none) just before the file is replaced; the result is its answer. Temporary files of killed writers are removed.
 */
export async function writeChecked(
  root: string,
  path: string,
  bytes: string | Uint8Array,
  mayReplace: (current: Uint8Array | undefined) => boolean = () => true,
): Promise<boolean> {
  const target = await makeParents(root, path);
  await removeLeftovers(dirname(target), (name) => name.startsWith(".") && name.endsWith(NEW) && hasProcessTag(name));
  const before = await lstatIfExists(target);
  const temporary = join(dirname(target), `.${processTag()}-${randomUUID()}${NEW}`);
  try {
    const file = await openNewFile(temporary);
    try {
      await file.writeFile(bytes);
      if (before) await file.chmod(before.mode & 0o777);
    } finally {
      await file.close();
    }
    const isAllowed = mayReplace((await lstatIfExists(target)) ? await readPlainFile(target) : undefined);
    if (isAllowed) await rename(temporary, target);
    return isAllowed;
  } finally {
    await rm(temporary, { force: true });
  }
}
