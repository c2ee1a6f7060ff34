import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, processStartTime, processTag, removeLeftovers } from "./process-tag.ts";

const NUMBER = /^\d+$/;
const RETRY_MS = 2;

/** Who holds a lock: this process, and no later one of the same number. */
const holderText = (): string => `${process.pid} ${processStartTime("self")}`;

/** Whether the process that wrote this into its lock still runs. */
function isHeld(text: string): boolean {
  const [pid = "", began = ""] = text.split(" ");
  return NUMBER.test(pid) && isRunning(Number(pid), began);
}

const highest = async (folder: string): Promise<number> =>
  Math.max(0, ...(await readdir(folder)).filter((name) => NUMBER.test(name)).map(Number));

const readHolder = (folder: string, number: number): Promise<string | undefined> =>
  readFile(join(folder, String(number)), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });

const linked = (from: string, to: string): Promise<boolean> =>
  link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );

/** Waits for its turn; the number that was taken. */
async function take(folder: string, ticket: string): Promise<number> {
  for (;;) {
    const top = await highest(folder);
    const holder = top === 0 ? "" : await readHolder(folder, top);
    if (holder === "" || (holder !== undefined && !isHeld(holder))) {
      const won = await linked(ticket, join(folder, String(top + 1)));
      if (won && (await highest(folder)) === top + 1) return top + 1;
      if (won) await rm(join(folder, String(top + 1)), { force: true });
    }
    await sleep(RETRY_MS);
  }
}

/**
 * Runs `work` in one process at a time. A lock is a numbered file; the highest number holds. Taking the next number is one
 * link(2), allowed where the holder has let go (an empty file) or is dead, so that a killed process blocks nobody.
 */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const ticket = join(folder, `.ticket-${processTag()}-${randomUUID()}`);
  let mine = 0;
  try {
    await writeFile(ticket, holderText());
    mine = await take(folder, ticket);
    for (const name of await readdir(folder)) if (NUMBER.test(name) && Number(name) < mine) await rm(join(folder, name), { force: true });
    await removeLeftovers(folder, (name) => name.startsWith("."));
    return await work();
  } finally {
    await rm(ticket, { force: true });
    if (mine > 0) {
      const free = join(folder, `.free-${processTag()}-${randomUUID()}`);
      await writeFile(free, "");
      await rename(free, join(folder, String(mine)));
    }
  }
}
