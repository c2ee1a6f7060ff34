import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Source, Unreadable } from "../pipeline/ports.ts";
import { fileChunks } from "./file-chunks.ts";

const MAX_FILES = 20_000;
const MAX_DEPTH = 8;

/** The plain files of a folder; links, pipes and devices are refused, what starts with a dot is left out. */
export function folderSource(folder: string): Source {
  const walk = async (below: string, depth: number, found: { path: string; bytes: number }[]): Promise<void> => {
    for (const name of (await readdir(join(folder, below))).sort()) {
      if (name.startsWith(".")) continue;
      const path = below ? `${below}/${name}` : name;
      const stat = await lstat(join(folder, path));
      if (stat.isDirectory()) {
        if (depth >= MAX_DEPTH) throw new Unreadable(`${path}: folders are nested deeper than ${MAX_DEPTH}`);
        await walk(path, depth + 1, found);
      } else if (!stat.isFile())
        throw new Unreadable(`${path} is not a plain file (a link, a pipe or a device); a dataset holds plain files only`);
      else found.push({ path, bytes: stat.size });
      if (found.length > MAX_FILES) throw new Unreadable(`There are more than ${MAX_FILES} files in ${folder}`);
    }
  };
  return {
    async list() {
      const found: { path: string; bytes: number }[] = [];
      await walk("", 0, found);
      return found;
    },
    read: (path) => fileChunks(join(folder, path)),
  };
}
