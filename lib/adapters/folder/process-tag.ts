import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { lstat, readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** Age at which leftovers of other machines are removed. */
const FOREIGN_MS = 24 * 60 * 60 * 1000;

/** When a process started, in ticks since boot; empty without /proc, or if there is no such process. */
export function processStartTime(pid: number | "self"): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program name, in parentheses, may contain spaces.
    return text.slice(text.lastIndexOf(")")).split(" ")[20] ?? "";
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return "";
    throw error;
  }
}

/** Whether a process is running and is the one that started then: pids are reused. */
export function isRunning(pid: number, startTime: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is running, as another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return processStartTime(pid) === startTime;
}

const host = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
let ownStartTime: string | undefined;

/** Identifies this process in a file name: pid, start time and machine. */
export function processTag(): string {
  ownStartTime ??= processStartTime("self");
  return `${process.pid}-${ownStartTime}-${host}`;
}

const TAG = /(?:^|[-.])(\d+)-(\d*)-([0-9a-f]{8})(?:[-.]|$)/;

/** Whether a file name identifies the process that made it. */
export const hasProcessTag = (name: string): boolean => TAG.test(name);

/** Whether the process that made a file has ended. For files of other machines, their modification time decides. */
export function isLeftover(name: string, modifiedMs: number, nowMs: number): boolean {
  const [, pid, startTime = "", machine] = TAG.exec(name) ?? [];
  if (pid !== undefined && machine === host) return !isRunning(Number(pid), startTime);
  return nowMs - modifiedMs > FOREIGN_MS;
}

/** Another process was faster, or the file belongs to another user. */
const isExpected = (error: unknown): boolean =>
  ["ENOENT", "EPERM", "EACCES", "ENOTEMPTY"].includes((error as NodeJS.ErrnoException).code ?? "");

/** Removes files that killed processes left in a folder. In a shared folder, `isOurs` must require a tag (`hasProcessTag`). */
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
