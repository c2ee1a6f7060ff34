import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../pipeline/ports.ts";
import { fileChunks } from "./file-chunks.ts";

/** What only the store itself reads; nothing below it is served. */
export const PRIVATE = ".factpress";

const isCode = (error: unknown, ...codes: string[]): boolean => codes.includes((error as NodeJS.ErrnoException).code ?? "");

/** Every write makes a new file with a time of its own, so that inode and time tell states apart; hashes would cost a read each. */
async function etagOf(file: FileHandle | string): Promise<string> {
  const { ino, size, mtimeNs } = await (typeof file === "string" ? stat(file, { bigint: true }) : file.stat({ bigint: true }));
  return `"${[ino, size, mtimeNs].map((part) => part.toString(36)).join("-")}"`;
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}

/** When a process began, where the system says it: numbers of processes are used again. */
const beginningOf = (pid: number | "self"): Promise<string> =>
  readFile(`/proc/${pid}/stat`, "utf8").then(
    (text) => text.slice(text.lastIndexOf(")")).split(" ")[20] ?? "",
    () => "",
  );

/** Who holds a lock: this process, and no later one of the same number. */
const myself = async (): Promise<string> => `${process.pid} ${await beginningOf("self")}`;

/** Whether the process that wrote this into its lock still runs. */
async function isAlive(holder: string): Promise<boolean> {
  const [pid, began = ""] = holder.split(" ");
  if (!/^\d+$/.test(pid ?? "")) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (!isCode(error, "EPERM")) return false;
  }
  return (await beginningOf(Number(pid))) === began;
}

/**
 * One process at a time. A lock is a numbered file; the highest number holds. Taking the next number is one link(2),
 * allowed where the holder has let go (an empty file) or is dead, so that a killed process blocks nobody.
 */
async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const ticket = join(folder, `.${randomUUID()}`);
  const highest = async (): Promise<number> => Math.max(0, ...(await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number));
  let mine = 0;
  try {
    await writeFile(ticket, await myself());
    for (;;) {
      const top = await highest();
      const holder = top === 0 ? "" : await readFile(join(folder, String(top)), "utf8").catch(() => "gone");
      if (holder === "" || (holder !== "gone" && !(await isAlive(holder)))) {
        const won = await link(ticket, join(folder, String(top + 1))).then(
          () => true,
          (error) => {
            if (isCode(error, "EEXIST")) return false;
            throw error;
          },
        );
        if (won && (await highest()) === top + 1) {
          mine = top + 1;
          break;
        }
        if (won) await rm(join(folder, String(top + 1)), { force: true });
      }
      await sleep(2);
    }
    for (const name of await readdir(folder)) if (/^\d+$/.test(name) && Number(name) < mine) await rm(join(folder, name), { force: true });
    return await work();
  } finally {
    await rm(ticket, { force: true });
    if (mine > 0) {
      const free = join(folder, `.free-${randomUUID()}`);
      await writeFile(free, "");
      await rename(free, join(folder, String(mine)));
    }
  }
}

export interface DirectoryStore extends Store {
  /** Null where nothing stands. */
  etag(key: string): Promise<string | null>;
}

/** A directory whose files are the objects: readable as it stands by any static web server. */
export function directoryStore(root: string): DirectoryStore {
  const temporary = join(root, PRIVATE, "tmp");
  /** Makes a file and hands it over; nothing is left where it was made. */
  const place = async <T>(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, put: (path: string) => Promise<T>): Promise<T> => {
    await mkdir(temporary, { recursive: true });
    const path = join(temporary, randomUUID());
    try {
      const file = await open(path, "wx", 0o644);
      try {
        for await (const chunk of bytes) await file.appendFile(chunk);
        // File systems count time in ticks of milliseconds, and inodes are used again: a random fraction keeps ETags apart.
        const time = Math.floor(Date.now() / 1000) + Math.random();
        await file.utimes(time, time);
        await file.sync();
      } finally {
        await file.close();
      }
      return await put(path);
    } finally {
      await rm(path, { force: true });
    }
  };
  const absent = (error: unknown): boolean => isCode(error, "ENOENT", "ENOTDIR", "EISDIR");
  const etag = (key: string): Promise<string | null> =>
    etagOf(join(root, key)).catch((error) => {
      if (absent(error)) return null;
      throw error;
    });
  const get: Store["get"] = async (key) => {
    try {
      const file = await open(join(root, key));
      try {
        return { etag: await etagOf(file), bytes: await file.readFile() };
      } finally {
        await file.close();
      }
    } catch (error) {
      if (absent(error)) return undefined;
      throw error;
    }
  };
  async function* list(prefix: string): ReturnType<Store["list"]> {
    const entries = await readdir(join(root, prefix), { withFileTypes: true }).catch((error) => {
      if (absent(error)) return [];
      throw error;
    });
    for (const entry of entries)
      if (entry.isDirectory()) yield* list(`${prefix}${entry.name}/`);
      else {
        const found = await etag(`${prefix}${entry.name}`);
        if (found !== null) yield { key: `${prefix}${entry.name}`, etag: found };
      }
  }
  return {
    get,
    etag,
    list,
    read: (key) => fileChunks(join(root, key)),
    async putIfAbsent(key, body) {
      const target = join(root, key);
      await mkdir(dirname(target), { recursive: true });
      const standing = async (): Promise<"same" | "other"> => {
        const hash = createHash("sha256");
        for await (const chunk of createReadStream(target)) hash.update(chunk as Uint8Array);
        return hash.digest("hex") === body.sha256 ? "same" : "other";
      };
      if (
        await stat(target).then(
          () => true,
          () => false,
        )
      )
        return standing();
      const outcome = await place(body.open(), (path) =>
        link(path, target).then(
          () => "written" as const,
          (error) => {
            if (isCode(error, "EEXIST")) return standing();
            throw error;
          },
        ),
      );
      if (outcome === "written") await sync(dirname(target));
      return outcome;
    },
    putIfMatch: (key, bytes, expected) =>
      withLock(join(root, PRIVATE, "lock"), async () => {
        if ((await etag(key)) !== expected) return undefined;
        const target = join(root, key);
        await mkdir(dirname(target), { recursive: true });
        await place([bytes], (path) => rename(path, target));
        await sync(dirname(target));
        return (await etag(key)) as string;
      }),
  };
}
