import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { factpress, repository, smallDataset, type TestRepository, write } from "./scratch.ts";

const about = (name: string, release: object = { version: "1.0.0" }): Record<string, unknown> => {
  const files = smallDataset("1.0.0");
  return { ...files, "dataset.json": { ...(files["dataset.json"] as object), name, release } };
};

/** A repository of the dataset `small`, with two commits. */
async function small(): Promise<TestRepository & { at: string }> {
  const made = await repository();
  const at = join(made.folder, "data/small");
  await write(at, about("small"));
  await made.commit("1", "2024-01-01T00:00:00Z");
  await write(at, {
    "rivers.json": [
      { id: "rhine", label: "Rhein" },
      { id: "elbe", label: "Elbe" },
    ],
  });
  return { ...made, at };
}

describe("a sparse checkout", () => {
  it("has no dataset deleted, and publishes those that it leaves out", async () => {
    const { folder, git, commit } = await repository();
    await write(join(folder, "data/small"), about("small"));
    await write(join(folder, "data/other"), about("other"));
    await commit("1", "2024-01-01T00:00:00Z");
    await git("sparse-checkout", "set", "--no-cone", "/*", "!/data/other");
    const checked = await factpress(folder, "check");
    expect([checked.code, checked.out]).toEqual([
      0,
      expect.stringContaining("data/other  not checked: this sparse checkout leaves it out"),
    ]);
    const published = await factpress(folder, "publish", "--store", "store");
    expect([published.code, published.out]).toEqual([0, expect.stringContaining("other 1.0.0  first release")]);
    expect((await factpress(folder, "verify", "store", "--rebuild")).code).toBe(0);
    await rm(join(folder, "data/small"), { recursive: true });
    const deleted = await factpress(folder, "check", "--ended", "nothing");
    expect([deleted.code, deleted.out]).toEqual([1, expect.stringContaining("data/small  was deleted")]);
    expect((await factpress(folder, "check", "--ended", "small")).code).toBe(2);
    await git("sparse-checkout", "set", "--no-cone", "/none");
    const nothing = await factpress(folder, "check");
    expect([nothing.code, nothing.out]).toEqual([
      2,
      expect.stringContaining("Nothing was checked: this sparse checkout leaves out every dataset"),
    ]);
  });
});

/** A store of the datasets `small` and `other`; since then, `other` was corrected and deleted, and `small` corrected. */
async function withDeleted(more: Record<string, string> = {}): Promise<TestRepository & { at: string }> {
  const made = await small();
  const { folder, commit, at } = made;
  const other = join(folder, "data/other");
  const label = (name: string) => ({
    "rivers.json": [
      { id: "rhine", label: name },
      { id: "elbe", label: "Elbe" },
    ],
  });
  await write(other, about("other"));
  for (const [name, river] of Object.entries(more)) await write(join(folder, "data", name), { ...about(name), ...label(river) });
  await commit("2", "2024-01-02T00:00:00Z");
  expect((await factpress(folder, "publish", "--store", "store")).code).toBe(0);
  await write(other, label("Rhin"));
  await commit("3", "2024-01-03T00:00:00Z");
  await rm(other, { recursive: true });
  await write(at, label("Rijn"));
  await commit("4", "2024-01-04T00:00:00Z");
  return made;
}

describe("a deleted dataset", () => {
  it("gets its last releases from a run that names no dataset, and from no other", async () => {
    const { folder } = await withDeleted();
    const publish = async (...names: string[]): Promise<string> => (await factpress(folder, "publish", ...names, "--store", "store")).out;
    const named = await publish("small");
    expect(named).toContain("small 1.0.2  patch");
    expect(named).not.toContain("other");
    expect(await publish()).toMatch(/other 1\.0\.1 {2}patch[\s\S]*other {2}was deleted by commit/);
  });

  it("keeps no other one from its releases and its end if its catalogue is damaged, and is named", async () => {
    const { folder, commit } = await withDeleted({ third: "Loire", fourth: "Arno" });
    for (const name of ["other", "fourth"]) await writeFile(join(folder, `store/${name}/releases.json`), "{");
    for (const name of ["third", "fourth"]) await rm(join(folder, "data", name), { recursive: true });
    await commit("5", "2024-01-05T00:00:00Z");
    const { code, out } = await factpress(folder, "publish", "--store", "store");
    expect([code, out]).toEqual([1, expect.stringMatching(/small 1\.0\.2 {2}patch[\s\S]*third {2}was deleted by commit/)]);
    for (const name of ["other", "fourth"]) expect(out).toContain(`${name}/releases.json is damaged`);
  });
});

describe("a damaged repository", () => {
  it.each([
    ["is missing", async (object: string) => rm(object)],
    ["is damaged", async (object: string) => chmod(object, 0o600).then(() => writeFile(object, "no object"))],
  ])("is an external failure if the object of a file %s: no commit is refused for it", async (_how, damage) => {
    const { folder, git, commit } = await small();
    await commit("2", "2024-01-02T00:00:00Z");
    const id = await git("rev-parse", "HEAD:data/small/rivers.json");
    await damage(join(folder, ".git/objects", id.slice(0, 2), id.slice(2)));
    const said = `git cannot read data/small/rivers.json (object ${id}): it is missing, damaged or unreadable. Check`;
    for (const args of [["check"], ["publish", "--store", "store"], ["diff"]]) {
      const { code, out } = await factpress(folder, ...args);
      expect([code, out]).toEqual([3, expect.stringContaining(said)]);
    }
  });

  it("is an external failure with a remedy if a folder or the newest commit is missing", async () => {
    const { folder, git, commit } = await small();
    await commit("2", "2024-01-02T00:00:00Z");
    const lose = async (name: string): Promise<void> => {
      const id = await git("rev-parse", name);
      await rm(join(folder, ".git/objects", id.slice(0, 2), id.slice(2)));
    };
    await lose("HEAD:data/small");
    const check = await factpress(folder, "check");
    expect([check.code, check.out]).toEqual([3, expect.stringContaining("lacks objects, or they are damaged or unreadable. Check")]);
    await lose("HEAD");
    const publish = await factpress(folder, "publish", "--store", "store");
    expect([publish.code, publish.out]).toEqual([3, expect.stringContaining("git cannot read refs/heads/main: it names ")]);
  });
});

describe("a comparison", () => {
  it("fails when the data has problems, and says whose", async () => {
    const { folder, git, commit, at } = await small();
    await write(at, { "rivers.json": "[" });
    const mine = await factpress(folder, "diff");
    expect([mine.code, mine.out]).toEqual([1, expect.stringMatching(/data\/small has problems, .* See them with: factpress check /)]);
    await commit("2", "2024-01-02T00:00:00Z");
    await git("checkout", "-q", "HEAD~1", "--", "data");
    const committed = await factpress(folder, "diff", "HEAD");
    expect([committed.code, committed.out]).toEqual([1, expect.stringMatching(/^HEAD has problems, .* Name an earlier commit: git log/)]);
  });
});

describe("changes that are not published", () => {
  it("are named by publish if they are not committed", async () => {
    const { folder, commit, at } = await small();
    await commit("2", "2024-01-02T00:00:00Z");
    const publish = async (): Promise<string> => (await factpress(folder, "publish", "--store", "store")).out;
    expect(await publish()).not.toContain("not committed");
    await write(at, { "rivers.json": [] });
    await write(join(folder, "data/other"), about("other"));
    const said = await publish();
    expect(said).toMatch(
      /^small {2}changes that are not committed, such as in rivers\.json, are not published\. To include them: git add data\/small, then git commit$/m,
    );
    expect(said).toMatch(/^other {2}changes that are not committed/m);
  });

  it("are named by publish if they were fetched, but not merged", async () => {
    const { folder, git, commit } = await small();
    const second = await commit("2", "2024-01-02T00:00:00Z");
    await git("remote", "add", "origin", "https://example.org/");
    await git("update-ref", "refs/remotes/origin/main", second);
    await git("reset", "-q", "--hard", "HEAD~1");
    const { out } = await factpress(folder, "publish", "--store", "store", "--branch", "main");
    expect(out).toContain("  main lacks 1 commit of origin/main. To publish them too, update it: git merge origin/main\n");
    await git("switch", "-q", "-c", "topic");
    const aside = (await factpress(folder, "publish", "--store", "store", "--branch", "main")).out;
    const command = "fetch . refs/remotes/origin/main:refs/heads/main";
    expect(aside).toContain(`update it: git ${command}\n`);
    await git(...command.split(" "));
    expect(await git("rev-parse", "main")).toBe(second);
  });
});

describe("a repository with SHA-256 ids", () => {
  it("is published, rebuilt, and pushed to a remote", async () => {
    const { folder, git, commit } = await repository();
    await rm(join(folder, ".git"), { recursive: true });
    await git("init", "-q", "-b", "main", "--object-format=sha256");
    await write(join(folder, "data/small"), about("small"));
    await commit("1", "2024-01-01T00:00:00Z");
    expect((await factpress(folder, "publish", "--store", "store")).out).toContain("small 1.0.0  first release");
    expect((await factpress(folder, "verify", "store", "--rebuild")).code).toBe(0);
    expect((await factpress(folder, "remote", "hub.git", "--store", "other")).code).toBe(0);
    expect(await git("--git-dir", "hub.git", "rev-parse", "--show-object-format")).toBe("sha256");
  });
});

describe("a removal that dataset.json no longer names", () => {
  it("is a warning of check, as of publish", async () => {
    const { folder, commit, at } = await small();
    await factpress(folder, "publish", "--store", "store");
    await write(at, about("small", { version: "1.0.0", removed: [{ version: "1.0.0", reason: "court" }] }));
    await commit("remove", "2024-01-02T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    expect((await factpress(folder, "check", "--against", "store")).out).not.toContain("stays removed");
    await write(at, about("small"));
    const checked = await factpress(folder, "check", "--against", "store");
    expect([checked.code, checked.out]).toEqual([0, expect.stringContaining('1.0.0 stays removed although "removed" no longer lists it')]);
  });
});

describe("a release that was changed in the store", () => {
  it("is a problem of the release when it is restored, and the other datasets are restored", async () => {
    const { folder, commit } = await small();
    await write(join(folder, "data/other"), about("other"));
    await commit("2", "2024-01-02T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    await writeFile(join(folder, "store/other/1.0.0/rivers.csv"), "changed");
    await rm(join(folder, "store/small/1.0.0/rivers.csv"));
    const { code, out } = await factpress(folder, "restore", "--store", "store");
    expect([code, out]).toEqual([1, expect.stringContaining("other/1.0.0/rivers.csv exists in the store with different bytes")]);
    expect(out).toContain("small  1 of 2 releases restored");
    expect(await readFile(join(folder, "store/other/1.0.0/rivers.csv"), "utf8")).toBe("changed");
  });
});
