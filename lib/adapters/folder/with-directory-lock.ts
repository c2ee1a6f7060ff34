import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasErrorCode } from "./has-error-code.ts";
import { ifExists } from "./if-exists.ts";
import { processStartTime } from "./process-start-time.ts";
import { isProcessRunning, processTag } from "./process-tag.ts";
import { removeLeftovers } from "./remove-leftovers.ts";

const NUMBER = /^\d+$/;
const RETRY_MS = 2;

/** Content of a lock: identifies this process, not a later one with the same pid. */
const holderText = (): string => `${process.pid} ${processStartTime("self")}`;

/** Whether the process that wrote this is still running. */
function isHeld(text: string): boolean {
  const [pid = "", startTime = ""] = text.split(" ");
  return NUMBER.test(pid) && isProcessRunning(Number(pid), startTime);
}

const highest = async (folder: string): Promise<number> =>
  Math.max(0, ...(await readdir(folder)).filter((name) => NUMBER.test(name)).map(Number));

const readHolder = (folder: string, number: number): Promise<string | undefined> =>
  ifExists(readFile(join(folder, String(number)), "utf8"));

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

/**
 * Runs `work` in one process at a time. A lock is a numbered file, and the highest number holds it. The next number is taken by one link(2)
 * once the holder has released the lock (an empty file) or has died, so that a killed process never blocks others.
 */
export async function withDirectoryLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const ticket = join(folder, `.ticket-${processTag()}-${randomUUID()}`);
  let acquired = 0;
  try {
    await writeFile(ticket, holderText());
    acquired = await acquire(folder, ticket);
    for (const name of await readdir(folder))
      if (NUMBER.test(name) && Number(name) < acquired) await rm(join(folder, name), { force: true });
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
