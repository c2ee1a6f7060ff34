import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasErrorCode } from "./has-error-code.ts";
import { ifExists } from "./if-exists.ts";
import { NotRegularFileError } from "./not-regular-file-error.ts";
import { processStartTime } from "./process-start-time.ts";
import { isProcessRunning, processTag } from "./process-tag.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { removeLeftovers } from "./remove-leftovers.ts";
import { TooLargeError } from "./too-large-error.ts";

const NUMBER = /^\d+$/;
const RETRY_MS = 2;
/** More than two numbers need. */
const MAX_HOLDER_BYTES = 100;

/** Content of a lock: identifies this process, not a later one with the same pid. */
const holderText = (): string => `${process.pid} ${processStartTime("self")}`;

/** Whether the process that wrote this is still running. */
function isHeld(text: string): boolean {
  const [pid = "", startTime = ""] = text.split(" ");
  return NUMBER.test(pid) && isProcessRunning(Number(pid), startTime);
}

/** A lock by its name, as this module writes it: a clone may have brought others. */
const isLock = (name: string): boolean => NUMBER.test(name) && Number.isSafeInteger(Number(name)) && String(Number(name)) === name;

/** The locks of a folder. A folder is none, whatever its name. */
const numbersIn = async (folder: string): Promise<number[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => !entry.isDirectory() && isLock(entry.name))
    .map(({ name }) => Number(name));

async function highest(folder: string): Promise<number> {
  const top = (await numbersIn(folder)).reduce((most, number) => Math.max(most, number), 0);
  if (top === Number.MAX_SAFE_INTEGER) throw new Error(`${join(folder, String(top))} has the last number of a lock. Remove it.`);
  return top;
}

/** The text of a lock; undefined if it is gone. What no process wrote is as good as released: a link, a pipe, a device, a long text. */
async function readHolder(folder: string, number: number): Promise<string | undefined> {
  try {
    return (await ifExists(readRegularFile(join(folder, String(number)), MAX_HOLDER_BYTES)))?.toString("utf8");
  } catch (error) {
    if (error instanceof NotRegularFileError || error instanceof TooLargeError) return "";
    throw error;
  }
}

const tryLink = (from: string, to: string): Promise<boolean> =>
  link(from, to).then(
    () => true,
    (error: unknown) => {
      if (hasErrorCode(error, "EEXIST")) return false;
      throw error;
    },
  );

/** Waits for the lock; returns its number. */
async function acquire(folder: string, ticket: string): Promise<number> {
  for (;;) {
    const top = await highest(folder);
    const holder = top === 0 ? "" : await readHolder(folder, top);
    if (holder === "" || (holder !== undefined && !isHeld(holder))) {
      const isLinked = await tryLink(ticket, join(folder, String(top + 1)));
      if (isLinked && (await highest(folder)) === top + 1) return top + 1;
      if (isLinked) await rm(join(folder, String(top + 1)), { force: true });
    }
    await sleep(RETRY_MS);
  }
}

/** By folder: when the last of those that hold the lock or wait for it in this process has released it. */
const turns = new Map<string, Promise<void>>();

/**
 * Runs `work` in one process at a time. A lock is a numbered file, and the highest number holds it. The next number is taken by one link(2)
 * once the holder has released the lock (an empty file) or has died, so that a killed process never blocks others. Within a process, callers
 * take turns: if each waited for itself, each would read the folder every two milliseconds.
 */
export function withDirectoryLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const result = (turns.get(folder) ?? Promise.resolve()).then(() => holdLock(folder, work));
  const settle = (): void => {
    if (turns.get(folder) === released) turns.delete(folder);
  };
  const released: Promise<void> = result.then(settle, settle);
  turns.set(folder, released);
  return result;
}

async function holdLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const ticket = join(folder, `.ticket-${processTag()}-${randomUUID()}`);
  let acquired = 0;
  try {
    await writeFile(ticket, holderText());
    acquired = await acquire(folder, ticket);
    for (const number of await numbersIn(folder)) if (number < acquired) await rm(join(folder, String(number)), { force: true });
    await removeLeftovers(folder, (name) => name.startsWith("."));
    return await work();
  } finally {
    await rm(ticket, { force: true });
    if (acquired > 0) {
      const free = join(folder, `.free-${processTag()}-${randomUUID()}`);
      await writeFile(free, "");
      await rename(free, join(folder, String(acquired)));
    }
  }
}
