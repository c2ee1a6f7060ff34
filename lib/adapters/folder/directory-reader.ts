import { type FileHandle, lstat, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { documentLimit } from "../../contract/document-limit.ts";
import type { Store } from "../../ports/ports.ts";
import { fileChunks } from "./file-chunks.ts";
import { hasErrorCode } from "./has-error-code.ts";
import { lstatIfExists } from "./lstat-if-exists.ts";
import { openRegularFile } from "./open-regular-file.ts";
import { readWholeFile } from "./read-regular-file.ts";
import { readablePath } from "./readable-path.ts";

const isAbsent = (error: unknown): boolean => hasErrorCode(error, "ENOENT", "ENOTDIR");

/** Every write creates a file with a distinct modification time, so inode and time identify the content without reading it. */
async function etagOf(file: FileHandle | string): Promise<string> {
  const { ino, size, mtimeNs } = await (typeof file === "string" ? lstat(file, { bigint: true }) : file.stat({ bigint: true }));
  return `"${[ino, size, mtimeNs].map((part) => part.toString(36)).join("-")}"`;
}

export interface DirectoryReader extends Pick<Store, "get" | "read" | "list"> {
  /** Null if the object does not exist. */
  etag(key: string): Promise<string | null>;
}

/** Reads the objects of a store in a directory. It writes nothing, so the directory may be read-only. */
export function directoryReader(root: string): DirectoryReader {
  const etag = async (key: string): Promise<string | null> => {
    const path = await readablePath(root, key);
    return etagOf(path).catch((error) => {
      if (isAbsent(error)) return null;
      throw error;
    });
  };
  const get: Store["get"] = async (key) => {
    const path = await readablePath(root, key);
    const found = lstatIfExists(path);
    if (!found || found.isDirectory()) return undefined;
    try {
      const file = await openRegularFile(path);
      try {
        return { etag: await etagOf(file), bytes: await readWholeFile(file, path, documentLimit(key)) };
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  };
  async function* list(prefix: string): ReturnType<Store["list"]> {
    const folder = await readablePath(root, `${prefix}x`);
    const entries = await readdir(dirname(folder), { withFileTypes: true }).catch((error) => {
      if (isAbsent(error)) return [];
      throw error;
    });
    for (const entry of entries)
      if (entry.isDirectory()) yield* list(`${prefix}${entry.name}/`);
      else {
        const found = await etagOf(join(root, prefix, entry.name)).catch((error) => {
          if (isAbsent(error)) return null;
          throw error;
        });
        if (found !== null) yield { key: `${prefix}${entry.name}`, etag: found };
      }
  }
  return {
    get,
    etag,
    list,
    async *read(key, range) {
      yield* fileChunks(await readablePath(root, key), { range });
    },
  };
}
