import type { BigIntStats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { documentLimit } from "../../contract/document-limit.ts";
import type { Store } from "../../ports/ports.ts";
import { fileChunks } from "./file-chunks.ts";
import { ifExists } from "./if-exists.ts";
import { lstatIfExists } from "./lstat-if-exists.ts";
import { openRegularFile } from "./open-regular-file.ts";
import { readWholeFile } from "./read-regular-file.ts";
import { readablePath } from "./readable-path.ts";

const statOf = (path: string): Promise<BigIntStats | undefined> => ifExists(lstat(path, { bigint: true }));

/** Every write creates a file with a distinct modification time, so inode and time identify the content without reading it. */
const etagOf = ({ ino, size, mtimeNs }: BigIntStats): string => `"${[ino, size, mtimeNs].map((part) => part.toString(36)).join("-")}"`;

export interface DirectoryReader extends Pick<Store, "get" | "read" | "list"> {
  /** Null if the object does not exist. */
  etag(key: string): Promise<string | null>;
}

/** Reads the objects of a store in a directory. It writes nothing, so the directory may be read-only. */
export function directoryReader(root: string): DirectoryReader {
  const etag = async (key: string): Promise<string | null> => {
    const found = await statOf(await readablePath(root, key));
    return found && !found.isDirectory() ? etagOf(found) : null;
  };
  const get: Store["get"] = async (key) => {
    const path = await readablePath(root, key);
    const found = lstatIfExists(path);
    if (!found || found.isDirectory()) return undefined;
    const file = await ifExists(openRegularFile(path));
    try {
      return file && { etag: etagOf(await file.stat({ bigint: true })), bytes: await readWholeFile(file, path, documentLimit(key)) };
    } finally {
      await file?.close();
    }
  };
  async function* list(prefix: string): ReturnType<Store["list"]> {
    const folder = dirname(await readablePath(root, `${prefix}x`));
    for (const entry of (await ifExists(readdir(folder, { withFileTypes: true }))) ?? [])
      if (entry.isDirectory()) yield* list(`${prefix}${entry.name}/`);
      else {
        const found = await statOf(join(folder, entry.name));
        if (found) yield { key: `${prefix}${entry.name}`, etag: etagOf(found) };
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
