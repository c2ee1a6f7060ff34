import { spawn } from "node:child_process";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { processStartTime } from "../../../../lib/adapters/folder/process-start-time.ts";
import { isProcessRunning, processTag } from "../../../../lib/adapters/folder/process-tag.ts";
import { isLeftover, removeLeftovers } from "../../../../lib/adapters/folder/remove-leftovers.ts";
import { scratch } from "../../../scratch.ts";

const HOUR = 3_600_000;

/** The number of a process that has ended. */
async function goneProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((done) => child.once("exit", done));
  return child.pid as number;
}

const markOf = (pid: number, began = ""): string => processTag().replace(/^\d+-\d*/, `${pid}-${began}`);

describe("the mark of a process", () => {
  it("names its number", () => {
    expect(processTag()).toMatch(new RegExp(`^${process.pid}-\\d*-[0-9a-f]{8}$`));
    expect(isProcessRunning(process.pid, processStartTime("self"))).toBe(true);
    expect(isProcessRunning(process.pid, "1")).toBe(false);
  });

  it("distinguishes ended processes from running ones", async () => {
    const gone = await goneProcess();
    expect(isProcessRunning(gone, "")).toBe(false);
    expect(processStartTime(gone)).toBe("");
    for (const around of [(mark: string) => mark, (mark: string) => `.building-${mark}-Ab3`, (mark: string) => `.${mark}.new`]) {
      expect(isLeftover(around(processTag()), 0, Date.now())).toBe(false);
      expect(isLeftover(around(markOf(gone)), Date.now(), Date.now())).toBe(true);
      expect(isLeftover(around(markOf(process.pid, "1")), Date.now(), Date.now())).toBe(true);
    }
  });

  it("uses the time if a name is from another machine", () => {
    const foreign = `${process.pid}-1-00000000`;
    for (const name of [foreign, "9e107d9d-372b-4b6c-8d2e-1c2d3e4f5a6b", ".building-abcdef"]) {
      expect(isLeftover(name, 0, 24 * HOUR)).toBe(false);
      expect(isLeftover(name, 0, 24 * HOUR + 1)).toBe(true);
    }
  });
});

describe("clearing", () => {
  it("deletes only files and folders that a killed process left", async () => {
    const folder = await scratch();
    const gone = markOf(await goneProcess());
    await mkdir(join(folder, `.building-${gone}-a/x`), { recursive: true });
    await writeFile(join(folder, `.building-${gone}-b`), "");
    await writeFile(join(folder, `other-${gone}`), "");
    await mkdir(join(folder, `.building-${processTag()}-c`));
    await mkdir(join(folder, ".building-old"));
    await utimes(join(folder, ".building-old"), 0, 0);
    await removeLeftovers(folder, (name) => name.startsWith(".building-"));
    expect((await readdir(folder)).sort()).toEqual([`.building-${processTag()}-c`, `other-${gone}`]);
  });

  it("does nothing if there is no folder, and fails if it is a file", async () => {
    const folder = await scratch();
    await removeLeftovers(join(folder, "x"), () => true);
    await writeFile(join(folder, "f"), "");
    await expect(removeLeftovers(join(folder, "f"), () => true)).rejects.toMatchObject({ code: "ENOTDIR" });
  });
});
