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
/** Longer than the text of any lock. */
const MAX_HOLDER_BYTES = 100;

/** Content of a lock, which identifies this process and no later one with the same pid. */
const holderText = (): string => `${process.pid} ${processStartTime("self")}`;

/** Whether the process that wrote this text is still running. */
function isHeld(text: string): boolean {
  const [pid = "", startTime = ""] = text.split(" ");
  return NUMBER.test(pid) && isProcessRunning(Number(pid), startTime);
}

/** Whether a file has a name as this module writes it. A clone may contain others. */
const isLock = (name: string): boolean => NUMBER.test(name) && Number.isSafeInteger(Number(name)) && String(Number(name)) === name;

/** The numbers of the locks in a folder. Subfolders are not locks, whatever their names. */
const numbersIn = async (folder: string): Promise<number[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => !entry.isDirectory() && isLock(entry.name))
    .map(({ name }) => Number(name));

async function highest(folder: string): Promise<number> {
  const top = (await numbersIn(folder)).reduce((most, number) => Math.max(most, number), 0);
  if (top === Number.MAX_SAFE_INTEGER) throw new Error(`${join(folder, String(top))} has the last number of a lock. Remove it.`);
  return top;
}

/**
 * The text of a lock; undefined if the lock does not exist any more. A link, a pipe, a device or a long text was not written by a process
 * and counts as released.
 */
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

/** Waits for the lock, and returns its number. */
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

/** By folder: resolves when the last caller in this process that holds or awaits the lock has released it. */
const turns = new Map<string, Promise<void>>();

/**
 * Runs `work` in one process at a time. A lock is a numbered file; the highest number is the current holder's. The next number is taken by
 * a single link(2) once the holder has released the lock (an empty file) or has died, so a killed process never blocks others. Callers
 * within a process form a queue, so that only one of them polls the folder.
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
