import { randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { NotPlainFileError, readPlainFile } from "./plain-file.ts";
import { hasProcessTag, processTag, removeLeftovers } from "./process-tag.ts";

/** A path that must not be written: it leads out of its folder, through a link, or has a name that is not published. */
export class UnsafePathError extends Error {
  override name = "UnsafePathError";
}

const MAX_NAME_BYTES = 255;

/**
 * Whether a file or folder may be called so, in a store and in anybody's clone of a repository: one part of a path, no
 * control characters, no separators of another system, no space or dot at the end (Windows drops them).
 */
export const isPublishableName = (name: string): boolean =>
  name !== "" && !/^\.{1,2}$|[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]|[ .]$/u.test(name) && Buffer.byteLength(name) <= MAX_NAME_BYTES;

/** What stands at a path, links not followed; undefined where nothing does. */
export const lstatIfExists = (path: string): Promise<Stats | undefined> =>
  lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });

/** The parts of a path below a folder, by forward slashes. Throws where one of them is no publishable name. */
export function checkedParts(path: string): string[] {
  const parts = path.split("/");
  const bad = parts.find((part) => !isPublishableName(part));
  if (bad !== undefined)
    throw new UnsafePathError(`${JSON.stringify(path)} leads to no file that may be published: ${JSON.stringify(bad)} is no name for one`);
  return parts;
}

/**
 * Every path that is written goes through here. `path` (forward slashes) is below `root`, which is trusted; the result is
 * absolute. Throws `UnsafePathError` where it leads out of `root`, passes through a link or a file, or ends at anything
 * but a plain file or a folder.
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
      throw new UnsafePathError(`${at} is a link, and nothing is written through links. Remove it, or name the place that it leads to.`);
    const isFit = found.isDirectory() || (found.isFile() && i === parts.length - 1);
    if (!isFit) throw new UnsafePathError(`${at} is neither a folder nor a file to replace. Remove it.`);
  }
  return target;
}

/**
 * Where a file below `root` is read. Throws where the path leads out of it or through a link: what stands there may come from
 * elsewhere. Whoever opens the file sees to it that it is a plain one.
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
 * A path that a person named. What lies below the current folder came with a clone, perhaps: no link leads to it. Elsewhere it
 * is theirs, links included. Returns it absolute.
 */
export async function checkedUserPath(place: string, from = process.cwd()): Promise<string> {
  const target = resolve(from, place);
  const below = relative(from, target);
  if (below === "" || isAbsolute(below) || below.split(sep)[0] === "..") return target;
  return withoutLinks(from, below.split(sep));
}

/** Makes the folders that lead to a checked path. */
export async function makeParents(root: string, path: string): Promise<string> {
  const target = await checkedPath(root, path);
  await mkdir(dirname(target), { recursive: true });
  // Once more: the folder may have been replaced by a link before it was needed.
  return checkedPath(root, path);
}

/** Opens a file that must not be there yet; no link is followed. */
export const openNewFile = (path: string): Promise<FileHandle> =>
  open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0), 0o644);

const NEW = ".new";

/**
 * Writes a file below a folder as a whole: a reader sees the old one or the new one, and a link in its place is refused.
 * `mayReplace` is asked last of all with what stands there (undefined: nothing); false where it says no. Hidden files beside it,
 * which writers that were killed left, are removed.
 */
export async function writeChecked(
  root: string,
  path: string,
  bytes: string | Uint8Array,
  mayReplace: (standing: Uint8Array | undefined) => boolean = () => true,
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
    const isWanted = mayReplace((await lstatIfExists(target)) ? await readPlainFile(target) : undefined);
    if (isWanted) await rename(temporary, target);
    return isWanted;
  } finally {
    await rm(temporary, { force: true });
  }
}
