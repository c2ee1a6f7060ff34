import { rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { bareGitRepository, cloneOf } from "./git-repositories.ts";
import { factpress, repository, scratch, smallDataset, write } from "./scratch.ts";

const rivers = (...labels: string[]): Record<string, unknown> => ({
  "rivers.json": labels.map((label, i) => ({ id: ["rhine", "elbe", "oder"][i], label })),
});

describe("what a check compares with", () => {
  it("is trunk in a clone of trunk, not the checked-out branch or the commit itself", async () => {
    const { folder, git, commit } = await cloneOf(await bareGitRepository("trunk"));
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("1");
    await git("push", "-q", "origin", "trunk");
    await git("remote", "set-head", "origin", "trunk");
    const clean = await factpress(folder, "check");
    expect([clean.code, clean.out]).toEqual([
      0,
      expect.stringMatching(/not compared: the working folder has no changes since origin\/trunk \([0-9a-f]{10}\)/),
    ]);
    const demanding = await factpress(folder, "check", "--require-base");
    expect([demanding.code, demanding.out]).toEqual([2, expect.stringContaining("--require-base: there was nothing to compare with")]);
    await git("checkout", "-q", "-b", "wip");
    await write(join(folder, "data/small"), { "levels.json": [] });
    await commit("2");
    const broken = await factpress(folder, "check", "--require-base");
    expect([broken.code, broken.out]).toEqual([
      1,
      expect.stringMatching(/working folder against trunk \([0-9a-f]{10}\): major[\s\S]*2\.0\.0 is not announced/),
    ]);
    expect((await factpress(folder, "diff")).out).toMatch(/^trunk \([0-9a-f]{10}\) → data\/small {2}major/);
    expect((await factpress(folder, "check", "--branch", "nowhere")).code).toBe(2);
  });

  it("is neither a folder that is no store, nor a server that answers 403, nor a store without the releases of the branch", async () => {
    const { folder, git, commit } = await repository();
    await write(folder, { ".gitignore": "store\nother\n" });
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("1", "2024-01-01T00:00:00Z");
    await git("checkout", "-q", "-b", "feature");
    await write(join(folder, "data/small"), { "levels.json": [] });
    await commit("2", "2024-01-02T00:00:00Z");
    const check = (store: string) => factpress(folder, "check", "--branch", "main", "--require-base", "--against", store);
    await write(folder, { "other/README": "not a store" });
    const wrong = await check("other");
    expect([wrong.code, wrong.out]).toEqual([2, expect.stringContaining("other is not a store, or nothing was published to it")]);
    const server = createServer((_, response) => response.writeHead(403, { "content-type": "text/html" }).end("blocked"));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const blocked = await check(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect([blocked.code, blocked.out]).toEqual([3, expect.stringContaining("/small/releases.json answers 403")]);
    await write(folder, { "store/.factpress/datasets.json": [] });
    const lost = await check("store");
    expect([lost.code, lost.out]).toEqual([
      2,
      expect.stringMatching(/not compared: store has no releases of small, but main \([0-9a-f]{10}\) releases it from 1\.0\.0/),
    ]);
    await rm(join(folder, "store"), { recursive: true });
    await git("checkout", "-q", "main");
    await factpress(folder, "publish", "--store", "store");
    await git("checkout", "-q", "feature");
    const broken = await check("store");
    expect([broken.code, broken.out]).toEqual([1, expect.stringContaining("2.0.0 is not announced")]);
  });

  it("is the first parent if everything is committed on the published branch", async () => {
    const { folder, commit } = await repository();
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    const first = await commit("1", "2024-01-01T00:00:00Z");
    await write(join(folder, "data/small"), { "levels.json": [] });
    const second = await commit("2", "2024-01-02T00:00:00Z");
    const removed = await factpress(folder, "check", "--require-base");
    expect([removed.code, removed.out]).toEqual([1, expect.stringContaining("This breaks readers, and 2.0.0 is not announced")]);
    expect(removed.out).toContain(`main (${second.slice(0, 10)}) against its first parent (${first.slice(0, 10)}): major, `);
    expect(removed.out).toContain("removed. To compare with a release, use --against STORE");
    await write(join(folder, "data/small"), rivers("Rhein", "Elbe"));
    const edited = await factpress(folder, "check");
    expect([edited.code, edited.out]).toEqual([0, expect.stringContaining(`working folder against main (${second.slice(0, 10)}): patch`)]);
  });

  it("is nothing if the published branch is unknown, and publishing is then refused", async () => {
    const { folder, git, commit } = await repository();
    await git("config", "--unset", "factpress.branch");
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("1", "2024-01-01T00:00:00Z");
    await git("branch", "other");
    const check = await factpress(folder, "check");
    expect([check.code, check.out]).toEqual([
      0,
      expect.stringContaining("not compared: The published branch is not known: there are main and other."),
    ]);
    expect((await factpress(folder, "check", "--require-base")).code).toBe(2);
    for (const command of [["publish", "--store", "store"], ["start"], ["diff"], ["remote", "hub.git"]]) {
      const { code, out } = await factpress(folder, ...command);
      expect([command, code, out]).toEqual([command, 2, expect.stringContaining("The published branch is not known")]);
    }
    const published = await factpress(folder, "publish", "--store", "store", "--branch", "main");
    expect([published.code, published.out]).toEqual([0, expect.stringContaining("Published branch: main (named by --branch)")]);
  });

  it("is the last commit without problems if the branch has some", async () => {
    const { folder, git, commit } = await repository();
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    const good = await commit("1", "2024-01-01T00:00:00Z");
    await write(join(folder, "data/small"), { "levels.json": "[" });
    await commit("broken", "2024-01-02T00:00:00Z");
    await git("checkout", "-q", "-b", "correct");
    await write(join(folder, "data/small"), { ...smallDataset("1.0.0"), ...rivers("Rhein", "Elbe") });
    const { code, out } = await factpress(folder, "check", "--require-base");
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(`working folder against ${good.slice(0, 10)}, the last commit of main \\([0-9a-f]{10}\\) without problems: patch`),
      ),
    ]);
  });

  it("on the published branch, is nothing after a merge of the upstream branch, since it left the first-parent history", async () => {
    const remote = await bareGitRepository("main");
    const { folder, git, commit } = await cloneOf(remote);
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("1");
    await git("push", "-q", "origin", "HEAD:main");
    await git("remote", "set-head", "origin", "main");
    const other = await cloneOf(remote);
    await write(other.folder, { README: "x" });
    await other.commit("2");
    await other.git("push", "-q", "origin", "main");
    await write(join(folder, "data/small"), rivers("Rhein", "Elbe"));
    await commit("3");
    await git("pull", "-q", "--no-rebase", "--no-edit", "origin", "main");
    const upstream = (await git("rev-parse", "origin/main")).slice(0, 10);
    const why = `origin/main (${upstream}) is not on the first-parent history of main`;
    const check = await factpress(folder, "check");
    expect([check.code, check.out]).toEqual([0, expect.stringContaining(`not compared: ${why}`)]);
    const demanding = await factpress(folder, "check", "--require-base");
    expect([demanding.code, demanding.out]).toEqual([2, expect.stringContaining(why)]);
    await git("rebase", "-q", "origin/main");
    const rebased = await factpress(folder, "check", "--require-base");
    expect([rebased.code, rebased.out]).toEqual([0, expect.stringContaining("patch")]);
  });

  it("is the release in force if the change withdraws the newest one, as for publishing", async () => {
    const { folder, git, commit } = await repository();
    await write(folder, { ".gitignore": "store\n" });
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    const first = await commit("1", "2024-01-01T00:00:00Z");
    await write(join(folder, "data/small"), rivers("Rhine", "Elbe", "Oder"));
    const mistake = await commit("by mistake", "2024-01-02T00:00:00Z");
    await factpress(folder, "publish", "--store", "store", "--every-commit");
    const taken = { ...smallDataset("1.0.0"), ...rivers("Rhein", "Elbe") };
    await write(join(folder, "data/small"), taken);
    for (const more of [[], ["--against", "store"]]) {
      const { code, out } = await factpress(folder, "check", ...more);
      expect([code, out]).toEqual([1, expect.stringContaining("2.0.0 is not announced")]);
    }
    const about = smallDataset("1.0.0")["dataset.json"] as object;
    const withdrawn = [{ version: "1.1.0", reason: "wrong" }];
    await write(join(folder, "data/small"), { "dataset.json": { ...about, release: { version: "1.0.0", withdrawn } } });
    const alone = await factpress(folder, "check", "--require-base");
    expect([alone.code, alone.out]).toEqual([
      0,
      expect.stringMatching(new RegExp(`working folder against ${first.slice(0, 10)} of main .*made 1\\.0\\.0.*: patch`)),
    ]);
    await writeFile(join(folder, ".git/shallow"), `${mistake}\n`);
    const shallow = await factpress(folder, "check", "--require-base");
    expect([shallow.code, shallow.out]).toEqual([
      2,
      expect.stringContaining("git does not record which commit made it. Use --against STORE"),
    ]);
    await rm(join(folder, ".git/shallow"));
    const against = await factpress(folder, "check", "--against", "store");
    expect([against.code, against.out]).toEqual([0, expect.stringContaining("next release 1.1.1: patch against 1.0.0")]);
    await git("branch", "upstream");
    await git("branch", "-q", "--set-upstream-to", "upstream", "main");
    await write(folder, { README: "x" });
    await commit("the way back", "2024-01-03T00:00:00Z");
    await write(folder, { README: "y" });
    await commit("another", "2024-01-04T00:00:00Z");
    for (const more of [["--require-base"], ["--against", "store"]]) {
      const { code, out } = await factpress(folder, "check", ...more);
      expect([code, out]).toEqual([0, expect.stringContaining("2 commits of main since")]);
    }
    expect((await factpress(folder, "publish", "--store", "store")).out).toContain("small 1.1.1");
  });

  it("is the withdrawn release if the change keeps its content: a withdrawal alone makes no release", async () => {
    const { folder, commit } = await repository();
    await write(folder, { ".gitignore": "store\n" });
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("1", "2024-01-01T00:00:00Z");
    await write(join(folder, "data/small"), rivers("Rhine", "Elbe", "Oder"));
    await commit("by mistake", "2024-01-02T00:00:00Z");
    await factpress(folder, "publish", "--store", "store", "--every-commit");
    const about = smallDataset("1.0.0")["dataset.json"] as object;
    const withdrawn = [{ version: "1.1.0", reason: "wrong" }];
    await write(join(folder, "data/small"), { "dataset.json": { ...about, release: { version: "1.0.0", withdrawn } } });
    expect((await factpress(folder, "check", "--against", "store")).out).toContain("no new release: no published content differs");
    expect((await factpress(folder, "check")).out).toContain("no change");
    await commit("withdraw", "2024-01-03T00:00:00Z");
    // The revert may follow in another commit.
    await write(join(folder, "data/small"), rivers("Rhein", "Elbe"));
    for (const more of [[], ["--against", "store"]]) expect((await factpress(folder, "check", ...more)).code).toBe(0);
  });

  it("is the branch if a commit withdrew the newest release and kept its content, on a clean tree and after further commits", async () => {
    const { folder, git, commit } = await repository();
    const about = smallDataset("1.0.0")["dataset.json"] as object;
    const withdrawn = [{ version: "2.0.0", reason: "wrong" }];
    await write(folder, { ".gitignore": "store\n" });
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("1", "2024-01-01T00:00:00Z");
    const mistake = { "levels.json": [], "dataset.json": { ...about, release: { version: "2.0.0" } } };
    await write(join(folder, "data/small"), mistake);
    await commit("by mistake", "2024-01-02T00:00:00Z");
    await factpress(folder, "publish", "--store", "store", "--every-commit");
    await write(join(folder, "data/small"), { "dataset.json": { ...about, release: { version: "2.0.0", withdrawn } } });
    await commit("withdraw", "2024-01-03T00:00:00Z");
    const here = (await git("rev-parse", "HEAD")).slice(0, 10);
    for (const isPublished of [false, true]) {
      const clean = await factpress(folder, "check");
      expect([clean.code, clean.out]).toEqual([0, expect.stringContaining(`main (${here}) against its first parent`)]);
      const against = await factpress(folder, "check", "--against", "store");
      expect([against.code, against.out]).toEqual([
        0,
        expect.stringContaining(`no new release: no published content differs from main (${here})`),
      ]);
      if (!isPublished) expect((await factpress(folder, "publish", "--store", "store")).out).not.toMatch(/small 2\.0\.1|small 3/);
    }
    // Another commit without content.
    await write(join(folder, "data/small"), { "rivers.json": `${JSON.stringify(smallDataset("1.0.0")["rivers.json"])}\n` });
    for (const isCommitted of [false, true]) {
      for (const more of [[], ["--against", "store"]]) {
        const { code, out } = await factpress(folder, "check", ...more);
        expect([code, out]).toEqual([0, expect.not.stringContaining("major")]);
      }
      if (!isCommitted) await commit("shape", "2024-01-04T00:00:00Z");
    }
    expect((await factpress(folder, "publish", "--store", "store")).code).toBe(0);
    // The revert may still follow.
    await write(join(folder, "data/small"), { "levels.json": smallDataset("1.0.0")["levels.json"] });
    for (const more of [[], ["--against", "store"]]) {
      const { code, out } = await factpress(folder, "check", ...more);
      expect([code, out]).toEqual([0, expect.stringMatching(/1\.0\.0.*: no change|no published content differs from 1\.0\.0/)]);
    }
  });

  it("is the release whose withdrawal a change ends, and those since have to keep its content", async () => {
    const { folder, commit, git } = await repository();
    const about = smallDataset("1.0.0")["dataset.json"] as object;
    const withdrawn = [{ version: "1.1.0", reason: "wrong" }];
    await write(folder, { ".gitignore": "store\n" });
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("1", "2024-01-01T00:00:00Z");
    const { "rivers.json": first } = smallDataset("1.0.0");
    const more = { "rivers.json": [...(first as object[]), { id: "oder", label: "Oder" }] };
    await write(join(folder, "data/small"), more);
    await commit("by mistake", "2024-01-02T00:00:00Z");
    await factpress(folder, "publish", "--store", "store", "--every-commit");
    const withdrawal = { "dataset.json": { ...about, release: { version: "1.0.0", withdrawn } }, "rivers.json": first };
    await write(join(folder, "data/small"), withdrawal);
    await commit("the way back", "2024-01-03T00:00:00Z");
    const ended = { "dataset.json": about };
    const expectGone = async (why: string): Promise<void> => {
      await write(join(folder, "data/small"), ended);
      for (const options of [[], ["--against", "store"]]) {
        const { code, out } = await factpress(folder, "check", ...options);
        expect([options, code, out]).toEqual([options, 1, expect.stringContaining(why)]);
      }
      await git("commit", "-qam", "end the withdrawal");
      const published = await factpress(folder, "publish", "--store", "store");
      expect([published.code, published.out]).toEqual([1, expect.stringContaining(why)]);
      await git("reset", "-q", "--hard", "HEAD^");
    };
    await factpress(folder, "publish", "--store", "store");
    await expectGone("oder is gone");
    // With its rows it is in force again, and nothing else changes.
    await write(join(folder, "data/small"), { ...ended, ...more });
    for (const options of [[], ["--against", "store"]]) {
      const { code, out } = await factpress(folder, "check", ...options);
      expect([code, out]).toEqual([0, expect.stringMatching(/no change|no published content differs from 1\.1\.0/)]);
    }
    // A release that was made since was not compared with it.
    await write(join(folder, "data/small"), { ...withdrawal, ...rivers("Rhein", "Elbe") });
    await commit("corrected", "2024-01-04T00:00:00Z");
    expect((await factpress(folder, "publish", "--store", "store")).out).toContain("small 1.1.1");
    await expectGone("The withdrawal of 1.1.0 cannot be undone: 1.1.1");
    // A branch that lacks the withdrawal does not end it.
    await git("checkout", "-q", "-b", "old", "HEAD~2");
    await write(join(folder, "data/small"), { "README.md": "x" });
    const old = await factpress(folder, "check", "--against", "store");
    expect([old.code, old.out]).toEqual([0, expect.not.stringContaining("cannot be undone")]);
  });

  it("on the published branch, is every commit since the newest release of a store", async () => {
    const { folder, commit } = await repository();
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("1", "2024-01-01T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    await write(join(folder, "data/small"), rivers("Rhine", "Elbe", "Oder"));
    await commit("by mistake", "2024-01-02T00:00:00Z");
    await write(join(folder, "data/small"), rivers("Rhein", "Elbe"));
    await commit("reverted", "2024-01-03T00:00:00Z");
    const { code, out } = await factpress(folder, "check", "--against", "store");
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(
        /checked 2 commits of main since 1\.0\.0[\s\S]*1\.1\.0 would be released from commit [0-9a-f]{10}, and the tip reverts it: rivers: oder/,
      ),
    ]);
    expect(out).not.toContain("This breaks readers");
    expect((await factpress(folder, "verify", "store")).code).toBe(0);
  });

  it("reports a deleted dataset until its end is declared", async () => {
    const { folder, git, commit } = await repository();
    const other = { ...smallDataset("1.0.0"), "dataset.json": { ...(smallDataset("1.0.0")["dataset.json"] as object), name: "other" } };
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await write(join(folder, "data/other"), other);
    await commit("1", "2024-01-01T00:00:00Z");
    await git("checkout", "-q", "-b", "change");
    await rm(join(folder, "data/other"), { recursive: true });
    const { code, out } = await factpress(folder, "check");
    expect([code, out]).toEqual([1, expect.stringMatching(/data\/other {2}was deleted: main \([0-9a-f]{10}\) has it[\s\S]*--ended other/)]);
    expect(JSON.parse((await factpress(folder, "check", "--format", "json")).out)).toMatchObject([
      { dataset: "data/small" },
      { dataset: "data/other", gone: expect.stringMatching(/^main \([0-9a-f]{10}\) contains it$/) },
    ]);
    expect((await factpress(folder, "check", "--ended", "other")).code).toBe(0);
    expect((await factpress(folder, "check", "small")).code).toBe(0);
  });

  it("accepts a deleted dataset if its authors declared what becomes of it", async () => {
    const { folder, git, commit } = await repository();
    const named = (name: string, release?: object): object => ({
      ...(smallDataset("1.0.0")["dataset.json"] as object),
      name,
      ...(release ? { release } : {}),
    });
    const dataset = (name: string, release?: object) => ({ ...smallDataset("1.0.0"), "dataset.json": named(name, release) });
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await write(join(folder, "data/ends"), dataset("ends", { version: "1.0.0", ended: "The survey was stopped" }));
    await write(join(folder, "data/old"), dataset("old"));
    await write(join(folder, "data/draft"), dataset("draft", {}));
    await commit("1", "2024-01-01T00:00:00Z");
    await git("checkout", "-q", "-b", "change");
    for (const name of ["ends", "old", "draft"]) await rm(join(folder, "data", name), { recursive: true });
    const failed = await factpress(folder, "check");
    expect([failed.code, failed.out]).toEqual([1, expect.stringContaining('"continues": "old" in the block "release"')]);
    await write(join(folder, "data/new"), dataset("new", { version: "1.0.0", continues: "old" }));
    const { code, out } = await factpress(folder, "check");
    expect([code, out]).toEqual([
      0,
      expect.stringContaining("data/ends  ends: The survey was stopped. Its releases stay published, and its page shows it."),
    ]);
    expect(out).toContain("data/old  continues as new. Its releases stay published, and its page links to it.");
    expect(out).toContain("data/draft  was deleted. It had no release.");
    expect(JSON.parse((await factpress(folder, "check", "--format", "json")).out)).toMatchObject([
      { dataset: "data/new" },
      { dataset: "data/small" },
      { dataset: "data/draft", problemCount: 0 },
      { dataset: "data/ends", reason: "The survey was stopped", problemCount: 0 },
      { dataset: "data/old", continuedAs: "new", problemCount: 0 },
    ]);
  });

  it("checks every commit that the upstream branch lacks, and names the one with problems", async () => {
    const { folder, git, commit } = await repository();
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("1", "2024-01-01T00:00:00Z");
    const hub = await scratch();
    await git("clone", "-q", "--bare", folder, hub);
    await git("remote", "add", "origin", hub);
    await git("fetch", "-q", "origin");
    await git("branch", "-q", "--set-upstream-to=origin/main");
    await git("config", "factpress.branch", "main");
    await write(join(folder, "data/small"), rivers("Rhine", "Elbe", "Oder"));
    await commit("by mistake", "2024-01-02T00:00:00Z");
    await write(join(folder, "data/small"), rivers("Rhein", "Elbe"));
    await commit("reverted", "2024-01-03T00:00:00Z");
    const reverted = await factpress(folder, "check");
    expect([reverted.code, reverted.out]).toEqual([
      1,
      expect.stringMatching(
        /checked 2 commits of main since origin\/main \([0-9a-f]{10}\)[\s\S]*1\.1\.0 would be released from commit [0-9a-f]{10}, and the tip reverts it: rivers: oder/,
      ),
    ]);
    await write(join(folder, "data/small"), rivers("Rhein", "Elbe", "Oder"));
    await git("commit", "-q", "--amend", "-a", "-m", "more");
    const fine = await factpress(folder, "check");
    expect([fine.code, fine.out]).toEqual([0, expect.stringContaining("To compare with a release, use --against STORE")]);
  });
});
