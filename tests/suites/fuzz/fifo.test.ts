import { execFileSync } from "node:child_process";
import { constants, openSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { factpress, factpressProcess, repository, scratch, smallDataset, write } from "../../scratch.ts";

it.each(["levels2.json", "schema.json"])("check refuses a FIFO in the place of %s instead of waiting for it", async (name) => {
  const folder = join(await scratch(), "small");
  const { "schema.json": schema, ...others } = smallDataset();
  await write(folder, name === "schema.json" ? others : { ...others, "schema.json": schema });
  execFileSync("mkfifo", [join(folder, name)]);
  const { code, out } = await factpress(folder, "check", ".");
  expect([code, out]).toEqual([1, expect.stringContaining("is not a regular file")]);
});

it("new --from refuses a FIFO instead of waiting for it", async () => {
  const folder = await scratch();
  execFileSync("mkfifo", [join(folder, "pipe")]);
  expect(await factpress(folder, "new", "b", "--from", "pipe")).toEqual({
    code: 2,
    out: expect.stringContaining("pipe is not a regular file"),
  });
});

it("check leaves no git behind that waits for a FIFO", async () => {
  const { folder, commit } = await repository();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  const head = join(folder, ".git/HEAD");
  await rm(head);
  execFileSync("mkfifo", [head]);
  vi.stubEnv("FACTPRESS_DEADLINE", "5");
  onTestFinished(() => void vi.unstubAllEnvs());
  const { code, out } = await factpressProcess(folder, "check");
  expect([code, out]).toEqual([3, expect.stringContaining("took longer than 5 s")]);
  // No process opens it for reading.
  expect(() => openSync(head, constants.O_WRONLY | constants.O_NONBLOCK)).toThrow("ENXIO");
});
