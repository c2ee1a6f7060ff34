import { lstatSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Source } from "../../ports/ports.ts";
import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";
import { checkSourceDepth, checkSourceFileCount, checkSourceName } from "./check-source-name.ts";
import { fileChunks } from "./file-chunks.ts";

/** The regular files of a folder. Hidden files are skipped; links, pipes and devices are refused. */
export function folderSource(folder: string): Source {
  const collect = async (below: string, found: { path: string; bytes: number }[]): Promise<void> => {
    for (const name of (await readdir(join(folder, below))).sort()) {
      if (name.startsWith(".")) continue;
      const path = below ? `${below}/${name}` : name;
      checkSourceName(path);
      const stat = lstatSync(join(folder, path));
      if (stat.isDirectory()) {
        checkSourceDepth(path);
        await collect(path, found);
      } else if (!stat.isFile()) throw new UnreadableSourceError(`${path} is not a regular file (a link, a pipe or a device)`, path);
      else found.push({ path, bytes: stat.size });
      checkSourceFileCount(found, folder);
    }
  };
  return {
    async list() {
      const found: { path: string; bytes: number }[] = [];
      await collect("", found);
      return found;
    },
    read: (path, options) => fileChunks(join(folder, path), options),
  };
}
