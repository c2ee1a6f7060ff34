import { mkdtempSync, rmSync } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Workspace } from "../../ports/ports.ts";
import { fileChunks } from "./file-chunks.ts";
import { announceWorkspaces } from "./follow-workspaces.ts";
import { hashedFile } from "./hashed-file.ts";
import { isPublishableName } from "./is-publishable-name.ts";
import { lstatIfExists } from "./lstat-if-exists.ts";
import { hasProcessTag, processTag } from "./process-tag.ts";
import { removeLeftovers } from "./remove-leftovers.ts";
import { UnsafePathError } from "./unsafe-path-error.ts";

export interface FolderWorkspace extends Workspace {
  readonly folder: string;
  /** Moves the folder to `target`, replacing an existing folder. */
  commit(target: string): Promise<void>;
}

const uncommitted = new Set<string>();
process.on("exit", () => {
  for (const folder of uncommitted) rmSync(folder, { recursive: true, force: true });
});

/** Name prefix of this process's workspaces. */
export const OWN_WORKSPACES = `.building-${processTag()}-`;
const REPLACED = ".old-";
const LEFTOVER = /^(\.old-)?\.building-/;
const cleared = new Set<string>();

/** A hidden folder below `parent`, removed when the process exits. Leftovers of killed processes are removed by the next process. */
export async function folderWorkspace(parent: string): Promise<FolderWorkspace> {
  await mkdir(parent, { recursive: true });
  if (!cleared.has(parent)) await removeLeftovers(parent, (name) => LEFTOVER.test(name) && hasProcessTag(name));
  cleared.add(parent);
  announceWorkspaces(parent);
  // Synchronous, so that no signal can arrive between creating the folder and registering it for removal.
  const folder = mkdtempSync(join(parent, OWN_WORKSPACES));
  uncommitted.add(folder);
  const readers = new Map<string, Promise<FileHandle>>();
  const closeReaders = async (): Promise<void> => {
    for (const reader of readers.values()) await (await reader).close();
    readers.clear();
  };
  return {
    folder,
    async create(name) {
      if (!isPublishableName(name)) throw new UnsafePathError(`${JSON.stringify(name)} is not a valid name for a file of a release`);
      return hashedFile(join(folder, name), name);
    },
    read: (name) => fileChunks(join(folder, name)),
    path: (name) => join(folder, name),
    async slice(name, start, end) {
      const reader = readers.get(name) ?? open(join(folder, name));
      readers.set(name, reader);
      const file = await reader;
      const bytes = Buffer.allocUnsafe(end - start);
      for (let done = 0; done < bytes.length; ) {
        const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
        if (bytesRead === 0) throw new Error(`${name} has fewer than ${end} bytes`);
        done += bytesRead;
      }
      return bytes;
    },
    async discard() {
      await closeReaders();
      await rm(folder, { recursive: true, force: true });
      uncommitted.delete(folder);
    },
    async commit(target) {
      await closeReaders();
      for (const name of await readdir(folder)) if (name.startsWith(".")) await rm(join(folder, name));
      const old = join(dirname(target), `${REPLACED}${basename(folder)}`);
      const existing = lstatIfExists(target);
      if (existing?.isSymbolicLink()) throw new UnsafePathError(`${target} is a link, and nothing is written through links. Remove it.`);
      if (existing) await rename(target, old);
      await rename(folder, target);
      uncommitted.delete(folder);
      if (existing) await rm(old, { recursive: true, force: true });
    },
  };
}
