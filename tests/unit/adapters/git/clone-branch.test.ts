import { chmod, mkdir, readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { cloneBranch, fetchIntoClone } from "../../../../lib/adapters/git/clone-branch.ts";
import { GitError } from "../../../../lib/adapters/git/git-error.ts";
import { findGitRepository } from "../../../../lib/adapters/git/git-repository.ts";
import { isAnyBranchTip } from "../../../../lib/adapters/git/is-any-branch-tip.ts";
import { repository, scratch, write } from "../../../scratch.ts";
import { serveClone } from "../../../servers/git-http.ts";
import { listening } from "../../../servers/servers.ts";
import { findProgram } from "../../../suites/optional.ts";

afterEach(() => void vi.unstubAllEnvs());

it("clones a branch without its files; the password is in no argument, environment or file that stays", async () => {
  const git = await repository();
  await write(git.folder, { "data/small/a.json": "[]" });
  await git.commit("one", "2024-01-01T00:00:00Z");
  const tip = await git.commit("two", "2024-01-02T00:00:00Z");
  const server = createServer((request, response) => {
    void serveClone(request, response, { repository: git.folder, at: "/o/n.git", isToken: (text) => text === "ghs_secret" });
  });
  const { port, close } = await listening(server);
  const place = await scratch();
  // What git is told, by a program of its name that comes before it in PATH.
  const told = join(place, "told");
  await write(place, { "bin/git": `#!/bin/sh\n{ echo "$@"; env; } >>"${told}"\nexec ${findProgram("git")} "$@"\n`, "tmp/.keep": "" });
  await chmod(join(place, "bin/git"), 0o755);
  vi.stubEnv("PATH", `${join(place, "bin")}:${process.env["PATH"]}`);
  vi.stubEnv("TMPDIR", join(place, "tmp"));
  const access = { url: `http://127.0.0.1:${port}/o/n.git`, username: "x-access-token", password: "ghs_secret" };
  try {
    await cloneBranch(access, "main", join(place, "clone"));
    const cloned = await findGitRepository(join(place, "clone"));
    expect((await cloned?.git("log", "--format=%H"))?.trim().split("\n")).toHaveLength(2);
    expect((await cloned?.git("rev-parse", "refs/heads/main"))?.trim()).toBe(tip);
    expect([await readdir(join(place, "clone")), await readdir(join(place, "tmp"))]).toEqual([[".git"], [".keep"]]);
    const texts = [await readFile(told, "utf8"), await readFile(join(place, "clone/.git/config"), "utf8")].join("\n");
    expect(texts).toContain("clone --quiet");
    expect(texts).not.toMatch(/ghs_secret|x-access-token/);
    await mkdir(join(place, "other"));
    const wrong = cloneBranch({ ...access, password: "ghs_other" }, "main", join(place, "other"));
    await expect(wrong).rejects.toThrow(GitError);
    await expect(wrong).rejects.not.toThrow("ghs_other");
    await expect(wrong).rejects.not.toThrow(/git fsck|damaged/);
    expect(await readdir(join(place, "tmp"))).toEqual([".keep"]);
  } finally {
    await close();
  }
});

it("clones a public repository without a password, and fetches a commit that is on no branch", async () => {
  const git = await repository();
  await write(git.folder, { "a.txt": "a" });
  const tip = await git.commit("one", "2024-01-01T00:00:00Z");
  await git.git("checkout", "-q", "--detach");
  await write(git.folder, { "a.txt": "b" });
  const other = await git.commit("two", "2024-01-02T00:00:00Z");
  let isPublic = true;
  const server = createServer((request, response) => {
    void serveClone(request, response, { repository: git.folder, at: "/o/n.git", isToken: () => false, isPublic });
  });
  const { port, close } = await listening(server);
  const access = { url: `http://127.0.0.1:${port}/o/n.git` };
  const clone = join(await scratch(), "clone");
  try {
    await cloneBranch(access, "main", clone);
    const cloned = await findGitRepository(clone);
    await expect(cloned?.git("cat-file", "-e", other)).rejects.toThrow(GitError);
    await fetchIntoClone(access, other, clone);
    expect((await cloned?.git("merge-base", "refs/heads/main", other))?.trim()).toBe(tip);
    await expect(fetchIntoClone(access, "0".repeat(40), clone)).rejects.toThrow(GitError);
    expect([await isAnyBranchTip(access, tip), await isAnyBranchTip(access, other)]).toEqual([true, false]);
    isPublic = false;
    await expect(cloneBranch(access, "main", `${clone}-2`)).rejects.toThrow(GitError);
  } finally {
    await close();
  }
});

it("aborts a clone, a fetch and a listing that take too long", async () => {
  const { port, close } = await listening(createServer(() => {}));
  const access = { url: `http://127.0.0.1:${port}/o/n.git` };
  const { folder } = await repository();
  try {
    await expect(cloneBranch(access, "main", join(await scratch(), "clone"), 0.2)).rejects.toThrow("took longer than 0.2 seconds");
    await expect(fetchIntoClone(access, "0".repeat(40), folder, 0.2)).rejects.toThrow("took longer than 0.2 seconds");
    await expect(isAnyBranchTip(access, "0".repeat(40), 0.2)).rejects.toThrow("took longer than 0.2 seconds");
  } finally {
    await close();
  }
});
