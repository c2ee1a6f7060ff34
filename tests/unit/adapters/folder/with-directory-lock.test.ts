import { readdir, readFile, writeFile } from "node:fs/promises";
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
});
