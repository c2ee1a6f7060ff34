import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkedPath, checkedUserPath } from "../../../../lib/adapters/folder/checked-path.ts";
import { isPublishableName } from "../../../../lib/adapters/folder/is-publishable-name.ts";
import { lstatIfExists } from "../../../../lib/adapters/folder/lstat-if-exists.ts";
import { makeCheckedParents } from "../../../../lib/adapters/folder/make-checked-parents.ts";
import { openNewFile } from "../../../../lib/adapters/folder/open-new-file.ts";
import { UnsafePathError } from "../../../../lib/adapters/folder/unsafe-path-error.ts";
import { writeChecked } from "../../../../lib/adapters/folder/write-checked.ts";
import { scratch } from "../../../scratch.ts";

describe("names that are written", () => {
  it.each(["a", "a.json", ".factpress", ".well-known", "1.0.0", "Ä", "x".repeat(255), "a b", "...a"])("%j is allowed", (name) => {
    expect(isPublishableName(name)).toBe(true);
  });

  it.each([
    "",
    ".",
    "..",
    "a/b",
    "a\\b",
    "a\0",
    "a\nb",
    "a\u202eb",
    "a ",
    "a.",
    "...",
    "C:",
    "a*",
    'a"',
    "x".repeat(256),
    "Ä".repeat(128),
    "\ud800",
  ])("%j is not allowed", (name) => {
    expect(isPublishableName(name)).toBe(false);
  });
});

describe("a path that is written", () => {
  it.each(["../x", "a/../../x", "/etc/x", "a//b", "", "a/", "./a", "a/..", "$(x)/../y"])("fails when it is %j", async (path) => {
    const root = await scratch();
    await expect(checkedPath(root, path)).rejects.toBeInstanceOf(UnsafePathError);
  });

  it("is resolved whether or not a file exists there", async () => {
    const root = await scratch();
    await mkdir(join(root, "a"));
    await writeFile(join(root, "a/b"), "");
    for (const path of ["a", "a/b", "a/c", "x/y/z"]) expect(await checkedPath(root, path)).toBe(join(root, path));
  });

  it.each([
    ["a link to a file outside", "link", "/etc/hosts"],
    ["a link to nothing", "link", "nowhere"],
    ["a file below a link to a folder", "link/x", "/tmp"],
    ["a file below a link inside", "link/x", "a"],
  ])("fails when it is %s", async (_what, path, target) => {
    const root = await scratch();
    await mkdir(join(root, "a"));
    await symlink(target, join(root, "link"));
    await expect(checkedPath(root, path)).rejects.toThrow(/link is a link, and nothing is written through links/);
    await expect(writeChecked(root, path, "x")).rejects.toBeInstanceOf(UnsafePathError);
    expect(await readdir(join(root, "a"))).toEqual([]);
    expect((await lstat(join(root, "link"))).isSymbolicLink()).toBe(true);
  });

  it("fails below a file", async () => {
    const root = await scratch();
    await writeFile(join(root, "a"), "");
    await expect(makeCheckedParents(root, "a/b")).rejects.toThrow(/a is neither a folder nor a regular file/);
  });

  it("gets the folders above it, and no more", async () => {
    const root = await scratch();
    expect(await makeCheckedParents(root, "a/b/c")).toBe(join(root, "a/b/c"));
    expect(await readdir(join(root, "a/b"))).toEqual([]);
  });
});

describe("a path that the user names", () => {
  it("may lead anywhere outside the current folder, through links too", async () => {
    const outside = await scratch();
    const here = await scratch();
    await symlink(here, join(outside, "link"));
    expect(await checkedUserPath(join(outside, "link"), here)).toBe(join(outside, "link"));
    expect(await checkedUserPath("../x", here)).toBe(join(here, "../x"));
    expect(await checkedUserPath(".", here)).toBe(here);
  });

  it("is reached through no link below the current folder, which may be a clone", async () => {
    const outside = await scratch();
    const here = await scratch();
    await symlink(outside, join(here, "store"));
    for (const place of ["store", "./store", join(here, "store"), "store/a"])
      await expect(checkedUserPath(place, here)).rejects.toThrow(/store is a link/);
    expect(await checkedUserPath("..a:b", here)).toBe(join(here, "..a:b"));
  });
});

describe("writing", () => {
  it("replaces a file atomically, keeps its permissions, and leaves nothing else", async () => {
    const root = await scratch();
    await writeChecked(root, "a/b", "one");
    await chmod(join(root, "a/b"), 0o600);
    const { ino } = await stat(join(root, "a/b"));
    await writeChecked(root, "a/b", "two");
    const now = await stat(join(root, "a/b"));
    expect([await readFile(join(root, "a/b"), "utf8"), now.mode & 0o777, now.ino === ino]).toEqual(["two", 0o600, false]);
    expect(await readdir(join(root, "a"))).toEqual(["b"]);
  });

  it("leaves nothing on failure", async () => {
    const root = await scratch();
    await mkdir(join(root, "a"));
    await expect(writeChecked(root, "a", "x")).rejects.toThrow();
    expect(await readdir(root)).toEqual(["a"]);
  });

  it("opens new files only", async () => {
    const root = await scratch();
    await symlink("nowhere", join(root, "a"));
    await expect(openNewFile(join(root, "a"))).rejects.toMatchObject({ code: "EEXIST" });
    await (await openNewFile(join(root, "b"))).close();
    await expect(openNewFile(join(root, "b"))).rejects.toMatchObject({ code: "EEXIST" });
  });

  it("returns the file type at a path without following links", async () => {
    const root = await scratch();
    await symlink("nowhere", join(root, "a"));
    await writeFile(join(root, "f"), "");
    expect((await lstatIfExists(join(root, "a")))?.isSymbolicLink()).toBe(true);
    expect(await lstatIfExists(join(root, "b"))).toBeUndefined();
    expect(await lstatIfExists(join(root, "f/x"))).toBeUndefined();
  });
});
