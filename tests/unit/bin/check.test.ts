import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { check } from "../../../bin/commands/check.ts";
import { printed } from "../../printed.ts";
import { repository, smallDataset, write } from "../../scratch.ts";

it("fails if one of several datasets is missing without a declared end", async () => {
  const { folder, git, commit } = await repository();
  for (const name of ["small", "ended", "lost"]) await write(join(folder, "data", name), smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  await git("switch", "-q", "-c", "side");
  for (const name of ["ended", "lost"]) await rm(join(folder, "data", name), { recursive: true });
  const codes: number[] = [];
  const before = process.cwd();
  process.chdir(folder);
  try {
    for (const ended of [["ended"], ["ended", "lost"]])
      await printed(async () => codes.push(await check(undefined, { format: "text", ended })));
  } finally {
    process.chdir(before);
  }
  expect(codes).toEqual([1, 0]);
});
