import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, type FileHandle, link, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { PRIVATE_FOLDER } from "../../contract/private-folder.ts";
import type { Body, Store } from "../../ports/ports.ts";
import { checkedPath } from "./checked-path.ts";
import { type DirectoryReader, directoryReader } from "./directory-reader.ts";
import { fileChunks } from "./file-chunks.ts";
import { hasErrorCode } from "./has-error-code.ts";
import { ifExists } from "./if-exists.ts";
import { lstatIfExists } from "./lstat-if-exists.ts";
import { makeCheckedParents } from "./make-checked-parents.ts";
import { openNewFile } from "./open-new-file.ts";
import { processTag } from "./process-tag.ts";
import { removeLeftovers } from "./remove-leftovers.ts";
import { withDirectoryLock } from "./with-directory-lock.ts";

/** Folder for the store's own files; it is never served. */
const TEMPORARY = `${PRIVATE_FOLDER}/tmp`;

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}

async function* chunkOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Creates a file, as a copy of `copied` if given: the system copies faster than a read and a write. */
async function openNewCopy(path: string, copied: string | undefined): Promise<FileHandle> {
  if (copied === undefined) return openNewFile(path);
  await copyFile(copied, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  return open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
}

export interface DirectoryStore extends Store, DirectoryReader {}

/** A store whose objects are the files of a directory, which any static web server can serve. */
export function directoryStore(root: string): DirectoryStore {
  const reader = directoryReader(root);
  let isCleared = false;
  /** Folders with new entries that are not yet synced to disk. */
  const unsynced = new Set<string>();
  const syncFolders = async (): Promise<void> => {
    const folders = [...unsynced];
    unsynced.clear();
    for (const folder of folders) await sync(folder);
  };
  /** Writes a temporary file for `put` to rename or link, and removes it afterwards. */
  const withTemporaryFile = async <T>(body: Pick<Body, "path" | "open">, put: (path: string) => Promise<T>): Promise<T> => {
    const path = await makeCheckedParents(root, `${TEMPORARY}/${processTag()}-${randomUUID()}`);
    if (!isCleared) await removeLeftovers(dirname(path), () => true);
    isCleared = true;
    try {
      const file = await openNewCopy(path, body.path);
      try {
        if (body.path === undefined) for await (const chunk of body.open()) await file.appendFile(chunk);
        // File systems have coarse clocks and reuse inodes. A random fraction of a second keeps ETags distinct.
        const time = Math.floor(Date.now() / 1000) + Math.random();
        await file.utimes(time, time);
        await file.sync();
      } finally {
        await file.close();
      }
      return await put(path);
    } finally {
      await ifExists(unlink(path));
    }
  };
  return {
    ...reader,
    async putIfAbsent(key, body) {
      const target = await makeCheckedParents(root, key);
      const compareStored = async (): Promise<"same" | "other"> => {
        const hash = createHash("sha256");
        for await (const chunk of fileChunks(target)) hash.update(chunk);
        return hash.digest("hex") === body.sha256 ? "same" : "other";
      };
      if (lstatIfExists(target)) return compareStored();
      const outcome = await withTemporaryFile(body, (path) =>
        link(path, target).then(
          () => "written" as const,
          (error) => {
            if (hasErrorCode(error, "EEXIST")) return compareStored();
            throw error;
          },
        ),
      );
      if (outcome === "written") unsynced.add(dirname(target));
      return outcome;
    },
    putIfMatch: async (key, bytes, expected) =>
      withDirectoryLock(await checkedPath(root, `${PRIVATE_FOLDER}/lock`), async () => {
        await checkedPath(root, key);
        if ((await reader.etag(key)) !== expected) return undefined;
        const target = await makeCheckedParents(root, key);
        // So that the files that this one names survive a power failure, too.
        await syncFolders();
        await withTemporaryFile({ open: () => chunkOf(bytes) }, (path) => rename(path, target));
        await sync(dirname(target));
        return (await reader.etag(key)) as string;
      }),
  };
}
