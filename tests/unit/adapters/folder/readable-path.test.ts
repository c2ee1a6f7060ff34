import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readablePath } from "../../../../lib/adapters/folder/readable-path.ts";
import { scratch } from "../../../scratch.ts";

describe("readablePath", () => {
  it("is within the root, and passes through no link", async () => {
    const root = await scratch();
    await mkdir(join(root, "a"));
    await writeFile(join(root, "a", "b"), "x");
    await symlink(join(root, "a"), join(root, "link"));
    expect(await readablePath(root, "a/b")).toBe(join(root, "a/b"));
    expect(await readablePath(root, "missing/b")).toBe(join(root, "missing/b"));
    expect(await readablePath(root, "link")).toBe(join(root, "link"));
    await expect(readablePath(root, "link/b")).rejects.toThrow(`${join(root, "link")} is a link, not a regular file`);
    await expect(readablePath(root, "../x")).rejects.toThrow();
  });
});
