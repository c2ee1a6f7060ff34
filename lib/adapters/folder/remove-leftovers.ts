import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { hasErrorCode } from "./has-error-code.ts";
import { isProcessRunning, processHost, TAG } from "./process-tag.ts";

/** Age at which leftovers from other machines are removed. */
const FOREIGN_MS = 24 * 60 * 60 * 1000;

/** Whether the process that created a file has ended. For files from other machines, the modification time decides. */
export function isLeftover(name: string, modifiedMs: number, nowMs: number): boolean {
  const [, pid, startTime = "", machine] = TAG.exec(name) ?? [];
  if (pid !== undefined && machine === processHost) return !isProcessRunning(Number(pid), startTime);
  return nowMs - modifiedMs > FOREIGN_MS;
}

/** Another process was faster, or the file belongs to another user. */
const isExpected = (error: unknown): boolean => hasErrorCode(error, "ENOENT", "EPERM", "EACCES", "ENOTEMPTY");

/** Removes files that killed processes left in a folder. In a shared folder, `isOurs` must require a process tag (`hasProcessTag`). */
export async function removeLeftovers(folder: string, isOurs: (name: string) => boolean, now = Date.now()): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (isExpected(error)) return;
    throw error;
  }
  for (const name of names.filter(isOurs))
    try {
      const path = join(folder, name);
      if (isLeftover(name, (await lstat(path)).mtimeMs, now)) await rm(path, { recursive: true, force: true });
    } catch (error) {
      if (!isExpected(error)) throw error;
    }
}
