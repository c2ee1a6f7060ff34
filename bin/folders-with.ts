import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isFolder } from "./is-folder.ts";

/** The folders in a folder that contain all of these files, sorted by name; none if the folder does not exist. */
export async function foldersWith(folder: string, files: readonly string[]): Promise<string[]> {
  if (!(await isFolder(folder))) return [];
  const below = (await readdir(folder)).sort().map((name) => join(folder, name));
  return below.filter((path) => files.every((file) => existsSync(join(path, file))));
}
