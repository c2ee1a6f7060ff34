import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROGRAM, scratch, smallDataset, write } from "./scratch.ts";

/** Runs a command whose reader goes away after the first bytes, as `head -1` does; returns its exit code and its error output. */
function withoutReader(cwd: string, ...args: string[]): Promise<{ code: number | null; complaint: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.once("data", () => child.stdout.destroy());
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += String(chunk);
  });
  return new Promise((done) => child.once("close", (code) => done({ code, complaint })));
}

/** More problems than a pipe holds. */
const MANY = Array.from({ length: 2_000 }, (_, i) => ({
  id: `r${i}`,
  label: `River ${i}`,
  [`surplus-column-of-record-${i}`]: "x".repeat(200),
}));

describe("a reader that goes away", () => {
  it("changes neither the result of a command nor its time, and prints no error", async () => {
    const folder = await scratch();
    await write(join(folder, "data/small"), { ...smallDataset("1.0.0"), "rivers.json": MANY });
    expect(await withoutReader(folder, "check", "--format", "json")).toEqual({ code: 1, complaint: "" });
    await write(join(folder, "a"), smallDataset("1.0.0"));
    await write(join(folder, "b"), {
      ...smallDataset("1.0.0"),
      "rivers.json": MANY.map(({ id, label }) => ({ id, label })),
      "levels.json": [],
    });
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    for (const format of ["json", "text", "markdown"])
      expect(await withoutReader(folder, "diff", "a", "b", "--format", format)).toEqual({ code: 0, complaint: "" });
    expect(await withoutReader(folder, "--help")).toEqual({ code: 0, complaint: "" });
  });
});

describe("a signal", () => {
  it.each([
    ["SIGHUP", 129],
    ["SIGTERM", 143],
  ] as const)("%s ends a build with code %i, and leaves no partial output", async (signal, code) => {
    const folder = await scratch();
    // Its check never ends, so that the build has not ended before the signal.
    const endless =
      "-- table: rivers\nWITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'rhine' AS id, count(*) AS message FROM n";
    await write(join(folder, "data/small"), { ...smallDataset("1.0.0"), "checks/endless.sql": endless });
    const child = spawn(process.execPath, [PROGRAM, "build", "--out", "out"], { cwd: folder });
    const ended = new Promise((done) => child.once("exit", (exitCode, by) => done(exitCode ?? by)));
    const made = (): Promise<string[]> => readdir(join(folder, "out")).catch(() => []);
    while ((await made()).length === 0) await new Promise((done) => setTimeout(done, 5));
    child.kill(signal);
    expect([await ended, await made()]).toEqual([code, []]);
  });
});
