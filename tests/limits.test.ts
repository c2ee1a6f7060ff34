import { execFile, spawn } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Finished, factpress, PROGRAM, repository, scratch, smallDataset, write } from "./scratch.ts";

/** Work without end. */
const SLOW = {
  "checks/slow.sql": `-- table: rivers
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'rhine' AS id, count(*) AS message FROM n`,
};

function limited(cwd: string, env: Record<string, string>, ...args: string[]): Promise<Finished> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [PROGRAM, ...args],
      { cwd, env: { ...process.env, NO_COLOR: "1", ...env }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => done({ code: error ? Number(error.code ?? -1) : 0, out: stdout + stderr }),
    );
  });
}

async function slow(): Promise<{ folder: string; temporary: string }> {
  const folder = await scratch();
  const temporary = join(folder, "tmp");
  await mkdir(temporary);
  await write(join(folder, "data/small"), { ...smallDataset("1.0.0"), ...SLOW });
  return { folder, temporary };
}

/** Temporary files that a process has written. tsx keeps a cache in the same folder. */
const ours = async (temporary: string): Promise<string[]> => (await readdir(temporary)).filter((name) => name.startsWith("factpress-"));

describe("the limits of the command line", () => {
  it("end a check that takes too long, with a message, exit code 3 and no leftovers", async () => {
    const { folder, temporary } = await slow();
    const { code, out } = await limited(folder, { FACTPRESS_DEADLINE: "2", TMPDIR: temporary }, "check");
    expect([code, out]).toEqual([3, expect.stringContaining("factpress check took longer than 2 s and was stopped.")]);
    expect(out).not.toMatch(/\n\s+at /);
    expect(await ours(temporary)).toEqual([]);
  });

  it("end a build, which leaves nothing", async () => {
    const { folder, temporary } = await slow();
    const { code, out } = await limited(folder, { FACTPRESS_DEADLINE: "2", TMPDIR: temporary }, "build", "--out", "out");
    expect([code, out]).toEqual([3, expect.stringContaining("factpress build took longer than 2 s and was stopped.")]);
    expect(out).toContain("factpress build did not complete.");
    expect(await ours(temporary)).toEqual([]);
  });

  it("end a check that takes too much memory", async () => {
    const { folder } = await slow();
    await write(join(folder, "data/small"), {
      "levels.json": `[{"river": "rhine", "gauge": 1, "metres": 1, "seen": [${"[],".repeat(1_500_000)}[]]}]`,
    });
    const { code, out } = await limited(folder, { FACTPRESS_MEMORY: "24" }, "check");
    expect([code, out]).toEqual([3, expect.stringContaining("factpress check took more than 24 MB of memory and was stopped.")]);
    expect(out).not.toMatch(/\n\s+at |heap out of memory/);
  });

  it("end publishing, and keep what was published", async () => {
    const { folder, git, commit } = await repository();
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("good", "2024-01-01T00:00:00Z");
    expect((await factpress(folder, "publish", "--store", "store")).out).toContain("small 1.0.0  first release");
    await write(join(folder, "data/small"), SLOW);
    await commit("slow", "2024-01-02T00:00:00Z");
    const { code, out } = await limited(folder, { FACTPRESS_DEADLINE: "2.5" }, "publish", "--store", "store");
    expect([code, out]).toEqual([3, expect.stringContaining("factpress publish took longer than 2.5 s")]);
    await git("reset", "-q", "--soft", "HEAD~1");
    await write(join(folder, "data/small"), { "checks/slow.sql": "-- table: rivers\nSELECT id, 'x' AS message FROM rivers WHERE id = ''" });
    await commit("fast", "2024-01-03T00:00:00Z");
    const again = await factpress(folder, "publish", "--store", "store");
    expect(again).toEqual({ code: 0, out: expect.stringContaining("nothing new: 1.0.0 is the newest") });
  });

  it("end the checks of a push, which is then rejected", async () => {
    const { folder, git, commit } = await repository();
    await write(join(folder, "data/small"), { ...smallDataset("1.0.0"), ...SLOW });
    await commit("slow", "2024-01-01T00:00:00Z");
    expect((await factpress(folder, "remote", "hub.git", "--store", "store")).code).toBe(0);
    await git("remote", "add", "publish", "hub.git");
    const pushed = await new Promise<string>((done) => {
      execFile(
        "git",
        ["push", "publish", "main"],
        { cwd: folder, env: { ...process.env, FACTPRESS_DEADLINE: "2" } },
        (error, _out, stderr) => done(`${error ? "refused" : "taken"}: ${stderr}`),
      );
    });
    expect(pushed).toMatch(/^refused: [\s\S]*remote: factpress hook took longer than 2 s[\s\S]*pre-receive hook declined/);
  });

  it("are numbers", async () => {
    const { folder } = await slow();
    expect(await limited(folder, { FACTPRESS_DEADLINE: "soon" }, "check")).toMatchObject({
      code: 2,
      out: 'FACTPRESS_DEADLINE is a number above 0, not "soon"\n',
    });
  });

  it("do not block Ctrl-C", async () => {
    const { folder, temporary } = await slow();
    const child = spawn(process.execPath, [PROGRAM, "check"], {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary },
    });
    const ended = new Promise((done) => child.once("exit", done));
    while (child.exitCode === null && (await ours(temporary)).length === 0) await new Promise((done) => setTimeout(done, 50));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(await ours(temporary)).toEqual([]);
  });
});
