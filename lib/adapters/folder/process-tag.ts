import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { lstat, readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** Leftovers that name no process of this machine are cleared after so long. */
const FOREIGN_MS = 24 * 60 * 60 * 1000;

/** When a process began, in ticks since the machine started; empty where the system does not say (no /proc) or it is gone. */
export function processStartTime(pid: number | "self"): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in brackets, may hold spaces.
    return text.slice(text.lastIndexOf(")")).split(" ")[20] ?? "";
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return "";
    throw error;
  }
}

/** Whether a process still runs, and is the one that began then: numbers of processes are used again. */
export function isRunning(pid: number, began: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else's.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return processStartTime(pid) === began;
}

const host = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
let began: string | undefined;

/** This process, as part of a file's name: its number, its beginning and its machine. */
export function processTag(): string {
  began ??= processStartTime("self");
  return `${process.pid}-${began}-${host}`;
}

const MARK = /(?:^|[-.])(\d+)-(\d*)-([0-9a-f]{8})(?:[-.]|$)/;

/** Whether a name says which process made the file. */
export const hasProcessTag = (name: string): boolean => MARK.test(name);

/** Whether whoever made a file of this name is gone. `modifiedMs`: its time, which counts where the name says nothing of this machine. */
export function isLeftover(name: string, modifiedMs: number, nowMs: number): boolean {
  const [, pid, began = "", where] = MARK.exec(name) ?? [];
  if (pid !== undefined && where === host) return !isRunning(Number(pid), began);
  return nowMs - modifiedMs > FOREIGN_MS;
}

/** What may stand in the way of clearing: another was faster, or it belongs to another user. */
const isHarmless = (error: unknown): boolean =>
  ["ENOENT", "EPERM", "EACCES", "ENOTEMPTY"].includes((error as NodeJS.ErrnoException).code ?? "");

/**
 * Removes what processes that were killed left in a folder; living ones keep theirs. Where the folder is not only ours, `isOurs`
 * asks for a mark.
 */
export async function removeLeftovers(folder: string, isOurs: (name: string) => boolean, now = Date.now()): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (isHarmless(error)) return;
    throw error;
  }
  for (const name of names.filter(isOurs))
    try {
      const path = join(folder, name);
      if (isLeftover(name, (await lstat(path)).mtimeMs, now)) await rm(path, { recursive: true, force: true });
    } catch (error) {
      if (!isHarmless(error)) throw error;
    }
}
