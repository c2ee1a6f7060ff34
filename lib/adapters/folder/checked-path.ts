import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { isPublishableName } from "./is-publishable-name.ts";
import { lstatIfExists } from "./lstat-if-exists.ts";
import { UnsafePathError } from "./unsafe-path-error.ts";

/** The segments of a relative path with forward slashes. Throws `UnsafePathError` for a name that cannot be published. */
export function checkedPathParts(path: string): string[] {
  const parts = path.split("/");
  const bad = parts.find((part) => !isPublishableName(part));
  if (bad !== undefined)
    throw new UnsafePathError(`${JSON.stringify(path)} cannot be published: ${JSON.stringify(bad)} is not a valid name`);
  return parts;
}

/**
 * Resolves a path to write below `root`, which is trusted. Every write goes through this function. Throws `UnsafePathError` if `path`
 * leaves `root`, passes through a link or a file, or is anything but a regular file or a folder.
 */
export const checkedPath = async (root: string, path: string): Promise<string> => withoutLinks(root, checkedPathParts(path));

async function withoutLinks(root: string, parts: readonly string[]): Promise<string> {
  const target = join(root, ...parts);
  let at = root;
  for (const [i, part] of parts.entries()) {
    at = join(at, part);
    const found = lstatIfExists(at);
    if (!found) return target;
    if (found.isSymbolicLink())
      throw new UnsafePathError(`${at} is a link, and nothing is written through links. Remove it, or name its target.`);
    const isWritable = found.isDirectory() || (found.isFile() && i === parts.length - 1);
    if (!isWritable) throw new UnsafePathError(`${at} is neither a folder nor a regular file. Remove it.`);
  }
  return target;
}

/**
 * Resolves a path given by the user. Links below the current folder may come from a clone and are not followed; links elsewhere are the
 * user's own.
 */
export async function checkedUserPath(path: string, from = process.cwd()): Promise<string> {
  const target = resolve(from, path);
  const below = relative(from, target);
  if (below === "" || isAbsolute(below) || below.split(sep)[0] === "..") return target;
  return withoutLinks(from, below.split(sep));
}
