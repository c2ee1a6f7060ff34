import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { processStartTime } from "../../../../lib/adapters/folder/process-start-time.ts";
import { withDirectoryLock } from "../../../../lib/adapters/folder/with-directory-lock.ts";
import { scratch, write } from "../../../scratch.ts";

const pause = (ms = 20): Promise<void> => new Promise((done) => setTimeout(done, ms));
const numbers = async (folder: string): Promise<string[]> => (await readdir(folder)).filter((name) => /^\d+$/.test(name));

describe("withDirectoryLock", () => {
  it("runs one at a time, and returns the result", async () => {
    const folder = join(await scratch(), "lock");
    let inside = 0;
    let most = 0;
    const work = (value: number) => async (): Promise<number> => {
      inside += 1;
      most = Math.max(most, inside);
      await pause(5);
      inside -= 1;
      return value;
    };
    expect(await Promise.all([1, 2, 3, 4].map((value) => withDirectoryLock(folder, work(value))))).toEqual([1, 2, 3, 4]);
    expect(most).toBe(1);
  });

  it("takes turns within a process: only the first tries to acquire the lock, also after a failure", async () => {
    const folder = await scratch();
    await write(folder, { "7": `${process.pid} ${processStartTime("self")}` });
    const order: number[] = [];
    const waiting = [1, 2, 3].map((turn) =>
      withDirectoryLock(folder, async () => {
        order.push(turn);
        if (turn === 1) throw new Error("no");
      }),
    );
    const all = Promise.allSettled(waiting);
    const tickets = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.startsWith(".ticket-"));
    while ((await tickets()).length === 0) await pause();
    await pause();
    expect(await tickets()).toHaveLength(1);
    await writeFile(join(folder, "7"), "");
    expect((await all).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect([order, await numbers(folder)]).toEqual([[1, 2, 3], ["10"]]);
  });

  it("leaves one empty file behind, even if the work fails", async () => {
    const folder = await scratch();
    await withDirectoryLock(folder, pause);
    await expect(withDirectoryLock(folder, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await readdir(folder)).toEqual(["2"]);
    expect(await readFile(join(folder, "2"), "utf8")).toBe("");
  });

  it("names the process that holds it", async () => {
    const folder = await scratch();
    await withDirectoryLock(folder, async () => {
      expect(await readFile(join(folder, "1"), "utf8")).toBe(`${process.pid} ${processStartTime("self")}`);
    });
  });

  it("waits until a running process releases it", async () => {
    const folder = await scratch();
    await write(folder, { "7": `${process.pid} ${processStartTime("self")}` });
    let isDone = false;
    const waiting = withDirectoryLock(folder, async () => {
      isDone = true;
    });
    await pause(50);
    expect(isDone).toBe(false);
    await writeFile(join(folder, "7"), "");
    await waiting;
    expect([isDone, await numbers(folder)]).toEqual([true, ["8"]]);
  });

  it.each([
    ["has died", `${2 ** 22 + 1} 1`],
    ["had the same number as one that runs", `${process.pid} 1`],
    ["wrote nonsense", "x y"],
  ])("takes over from a process that %s", async (_what, text) => {
    const folder = await scratch();
    await write(folder, { "3": text, "2": "" });
    await withDirectoryLock(folder, pause);
    expect(await readdir(folder)).toEqual(["4"]);
  });

  it.each<[string, (folder: string) => unknown]>([
    ["a number beyond the exact ones", (folder) => writeFile(join(folder, "9007199254740993"), "x")],
    ["a number with a leading zero", (folder) => writeFile(join(folder, "007"), "")],
    ["a folder", (folder) => mkdir(join(folder, "12"))],
    ["a link to a device", (folder) => symlink("/dev/zero", join(folder, "5"))],
    [
      "a link to a lock that is held",
      async (folder) => {
        await writeFile(join(folder, "other"), `${process.pid} ${processStartTime("self")}`);
        await symlink("other", join(folder, "5"));
      },
    ],
    ["a long text", (folder) => writeFile(join(folder, "5"), `${process.pid} ${processStartTime("self")}${" ".repeat(1_000)}`)],
  ])("is not held by what a clone brought along: %s", async (_what, make) => {
    const folder = await scratch();
    await make(folder);
    let isDone = false;
    await withDirectoryLock(folder, async () => {
      isDone = true;
    });
    expect(isDone).toBe(true);
  });

  it("fails if no number is left", async () => {
    const folder = await scratch();
    await writeFile(join(folder, String(Number.MAX_SAFE_INTEGER)), "");
    await expect(withDirectoryLock(folder, pause)).rejects.toThrow("9007199254740991 has the last number of a lock. Remove it.");
  });
});
