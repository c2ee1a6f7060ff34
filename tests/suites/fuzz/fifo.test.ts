import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { factpress, scratch, smallDataset, write } from "../../scratch.ts";

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
