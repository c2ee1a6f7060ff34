import { execFile, execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { hooksHere } from "./hooks-here.ts";
import { copiesOf, factpress, repository, scratch, smallDataset, write } from "./scratch.ts";

const git = (cwd: string, ...args: string[]): Promise<{ code: number; text: string }> =>
  new Promise((done) =>
    execFile("git", args, { cwd }, (error, stdout, stderr) => done({ code: error ? Number(error.code) : 0, text: stdout + stderr })),
  );

const rivers = (label: string): Record<string, unknown> => ({
  "rivers.json": [
    { id: "rhine", label },
    { id: "elbe", label: "Elbe" },
  ],
});

async function withHub(branch = "main"): Promise<Awaited<ReturnType<typeof repository>> & { at: string; hub: string; place: string }> {
  await hooksHere();
  const made = await repository();
  const at = join(made.folder, "data/small");
  await write(at, smallDataset("1.0.0"));
  await made.commit("1", "2024-01-01T00:00:00Z");
  const place = await scratch();
  const hub = join(place, "hub.git");
  expect((await factpress(place, "remote", "hub.git", "--store", "store", "--branch", branch)).code).toBe(0);
  return { ...made, at, hub, place };
}

/** A repository and, within its `.git`, a remote to which `main` was pushed, with the store that it publishes to. */
const copyOfPushed = copiesOf(async ({ folder, commit }) => {
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  const place = join(folder, ".git/place");
  await mkdir(place);
  expect((await factpress(place, "remote", "hub.git", "--store", "store", "--branch", "main")).code).toBe(0);
  expect(await git(folder, "push", join(place, "hub.git"), "main")).toEqual({ code: 0, text: expect.any(String) });
  return { place };
});

async function withPushed(): ReturnType<typeof withHub> {
  await hooksHere();
  const { made, ...copy } = await copyOfPushed();
  const place = join(copy.folder, ".git/place");
  const hub = join(place, "hub.git");
  // A remote knows the address of its store.
  for (const name of ["config", "hooks/pre-receive", "hooks/post-receive"]) {
    const text = readFileSync(join(hub, name), "utf8");
    expect(text).toContain(made.place);
    writeFileSync(join(hub, name), text.replaceAll(made.place, place));
  }
  return { ...copy, at: join(copy.folder, "data/small"), hub, place };
}

const catalogue = (place: string): { releases: { version: string }[] } =>
  JSON.parse(readFileSync(join(place, "store/small/releases.json"), "utf8")) as { releases: { version: string }[] };

describe("the only dataset of a repository", () => {
  const end = async (at: string, commit: (message: string, date: string) => Promise<unknown>): Promise<void> => {
    const about = smallDataset("1.0.0")["dataset.json"] as object;
    await write(at, { "dataset.json": { ...about, release: { version: "1.0.0", ended: "The agency closed" } } });
    await commit("announce the end", "2024-01-02T00:00:00Z");
  };

  it("ends with a push if its dataset.json gives the reason", async () => {
    const { folder, at, hub, place, commit } = await withPushed();
    await end(at, commit);
    expect((await git(folder, "push", hub, "main")).code).toBe(0);
    await rm(join(folder, "data"), { recursive: true });
    await commit("end", "2024-01-03T00:00:00Z");
    const pushed = await git(folder, "push", hub, "main");
    expect([pushed.code, pushed.text]).toEqual([0, expect.stringContaining("data/small  ends: The agency closed.")]);
    expect(readFileSync(join(place, "store/pages/small/index.html"), "utf8")).toContain("The agency closed");
  });

  it("stops no push after its end if its catalogue is damaged", async () => {
    const { folder, at, hub, place, commit } = await withPushed();
    await end(at, commit);
    expect((await git(folder, "push", hub, "main")).code).toBe(0);
    await rm(at, { recursive: true });
    const files = smallDataset("1.0.0");
    await write(join(folder, "data/other"), { ...files, "dataset.json": { ...(files["dataset.json"] as object), name: "other" } });
    await commit("end", "2024-01-03T00:00:00Z");
    writeFileSync(join(place, "store/small/releases.json"), "{");
    const pushed = await git(folder, "push", hub, "main");
    expect([pushed.code, pushed.text]).toEqual([
      0,
      expect.stringMatching(/other 1\.0\.0 {2}first release[\s\S]*small\/releases\.json is damaged/),
    ]);
  });

  it("stays if no reason is declared", async () => {
    const { folder, hub, commit } = await withPushed();
    await rm(join(folder, "data"), { recursive: true });
    await commit("lost", "2024-01-03T00:00:00Z");
    const pushed = await git(folder, "push", hub, "main");
    expect([pushed.code, pushed.text]).toEqual([1, expect.stringContaining("data/small  was deleted: main")]);
  });

  it("ends with check and publish", async () => {
    const { folder, commit } = await repository();
    const at = join(folder, "data/small");
    await write(at, smallDataset("1.0.0"));
    await commit("1", "2024-01-01T00:00:00Z");
    await end(at, commit);
    await factpress(folder, "publish", "--store", "store");
    await rm(join(folder, "data"), { recursive: true });
    const deleted = await factpress(folder, "check");
    expect([deleted.code, deleted.out]).toEqual([0, expect.stringContaining("data/small  ends: The agency closed.")]);
    const early = await factpress(folder, "publish", "--store", "store");
    expect([early.code, early.out]).toEqual([2, expect.stringContaining("The published branch contains small")]);
    await commit("end", "2024-01-03T00:00:00Z");
    const checked = await factpress(folder, "check");
    expect([checked.code, checked.out]).toEqual([0, "The folder data/ contains no dataset any more. Releases stay published.\n"]);
    const published = await factpress(folder, "publish", "--store", "store");
    expect([published.code, published.out]).toEqual([0, expect.stringContaining("small  ends: The agency closed.")]);
    expect(readFileSync(join(folder, "store/pages/small/index.html"), "utf8")).toContain("The agency closed");
    expect((await factpress(folder, "verify", "store", "--rebuild")).code).toBe(0);
    await rm(join(folder, "store/small/1.0.0/levels.csv"));
    expect((await factpress(folder, "restore", "--store", "store")).out).toContain("1 of 1 release restored");
  });
});

describe("a remote", () => {
  it("accepts a commit that reverts and withdraws the newest release: readers get the one before it", async () => {
    const { folder, at, hub, place, commit } = await withPushed();
    const before = rivers("Rhine")["rivers.json"] as object[];
    await write(at, { "rivers.json": [...before, { id: "oder", label: "Oder" }] });
    await commit("by mistake", "2024-01-02T00:00:00Z");
    expect((await git(folder, "push", hub, "main")).code).toBe(0);
    await write(at, rivers("Rhein"));
    await commit("revert", "2024-01-03T00:00:00Z");
    expect((await git(folder, "push", hub, "main")).text).toContain("2.0.0 is not announced");
    const about = smallDataset("1.0.0")["dataset.json"] as object;
    const withdrawn = [{ version: "1.1.0", reason: "wrong" }];
    await write(at, { "dataset.json": { ...about, release: { version: "1.0.0", withdrawn } } });
    await commit("the way back", "2024-01-04T00:00:00Z");
    await git(folder, "reset", "-q", "--soft", "HEAD~2");
    await commit("the way back in one commit", "2024-01-05T00:00:00Z");
    expect(await git(folder, "push", hub, "main")).toEqual({ code: 0, text: expect.stringMatching(/patch, 1 river[\s\S]*small 1\.1\.1/) });
    expect(catalogue(place).releases.map(({ version }) => version)).toEqual(["1.1.1", "1.1.0", "1.0.0"]);
  });

  it("accepts a commit without content after one that withdrew the newest release", async () => {
    const { at, hub, folder, place, commit } = await withPushed();
    const about = smallDataset("1.0.0")["dataset.json"] as object;
    const release = (release: object) => ({ "dataset.json": { ...about, release } });
    const withdrawn = [{ version: "2.0.0", reason: "wrong" }];
    const push = () => git(folder, "push", hub, "main");
    await write(at, { ...release({ version: "2.0.0" }), "levels.json": [] });
    await commit("by mistake", "2024-01-02T00:00:00Z");
    expect((await push()).code).toBe(0);
    await write(at, release({ version: "2.0.0", withdrawn }));
    await commit("withdraw", "2024-01-03T00:00:00Z");
    expect((await push()).code).toBe(0);
    await write(at, { "rivers.json": `${JSON.stringify(rivers("Rhine")["rivers.json"])}\n` });
    await commit("shape", "2024-01-04T00:00:00Z");
    expect(await push()).toEqual({ code: 0, text: expect.stringContaining("no problems") });
    await write(at, { "levels.json": smallDataset("1.0.0")["levels.json"] });
    await commit("revert", "2024-01-05T00:00:00Z");
    expect((await push()).code).toBe(0);
    expect(catalogue(place).releases.map(({ version }) => version)).toEqual(["2.0.0", "1.0.0"]);
  });

  it("accepts only branches and tags, unambiguous names and well-formed objects", async () => {
    const { folder, hub, git: own } = await withPushed();
    const blob = await own("rev-parse", "HEAD:data/small/rivers.json");
    // Every other name: tests/unit/bin/ref-error.test.ts.
    for (const ref of [`refs/replace/${blob}`, "refs/heads/MAIN"]) {
      const { code, text } = await git(folder, "push", hub, `HEAD:${ref}`);
      expect([ref, code, text]).toEqual([ref, 1, expect.stringMatching(/Rejected|hidden ref/)]);
    }
    expect((await git(folder, "push", hub, ":refs/heads/main")).code).toBe(1);
    expect((await git(folder, "push", hub, "HEAD:refs/tags/v1", "HEAD:refs/heads/side")).code).toBe(0);
    expect((await git(folder, "push", hub, ":refs/heads/side")).code).toBe(0);
    // A tree whose entry leads out of its folder: git makes none by itself.
    const entry = Buffer.concat([Buffer.from("40000 ..\0"), Buffer.from(await own("rev-parse", "HEAD^{tree}"), "hex")]);
    const object = execFileSync("git", ["-C", folder, "hash-object", "-t", "tree", "-w", "--stdin", "--literally"], {
      input: entry,
      encoding: "utf8",
    });
    const odd = await own("commit-tree", object.trim(), "-m", "odd");
    const refused = await git(folder, "push", hub, `${odd}:refs/heads/odd`);
    expect([refused.code, refused.text]).toEqual([1, expect.stringContaining("contains '..'")]);
    expect(await git(hub, "for-each-ref", "--format=%(refname)")).toMatchObject({ text: "refs/heads/main\nrefs/tags/v1\n" });
  });

  it("refuses a mistake that is pushed with its revert, lists the options, and accepts both squashed into one commit", async () => {
    const { folder, hub, place, at, commit, git: own } = await withPushed();
    await write(at, { "rivers.json": [...(rivers("Rhine")["rivers.json"] as unknown[]), { id: "oops", label: "Oops" }] });
    await commit("a mistake", "2024-01-02T00:00:00Z");
    await write(at, rivers("Rhein"));
    await commit("withdrawal ended", "2024-01-03T00:00:00Z");
    const { code, text } = await git(folder, "push", hub, "main");
    expect([code, text]).toEqual([
      1,
      expect.stringMatching(
        /git rebase -i [0-9a-f]{10}\), and push again[\s\S]*the owner of this remote publishes with --every-commit[\s\S]*commits cannot be released/,
      ),
    ]);
    expect(catalogue(place).releases.map(({ version }) => version)).toEqual(["1.0.0"]);
    await own("reset", "-q", "--soft", "HEAD~2");
    await commit("squashed", "2024-01-04T00:00:00Z");
    expect((await git(folder, "push", hub, "main")).code).toBe(0);
    expect(catalogue(place).releases.map(({ version }) => version)).toEqual(["1.0.1", "1.0.0"]);
  });

  it("publishes what an earlier push left unpublished: at the next push of anything, or by --reconcile", async () => {
    const { folder, hub, place, at, commit } = await withPushed();
    // The push is taken, and its client killed: nothing runs behind it.
    const hook = join(hub, "hooks/post-receive");
    const text = readFileSync(hook, "utf8");
    const lost = async (label: string, day: number): Promise<void> => {
      writeFileSync(hook, "#!/bin/sh\nexit 0\n");
      await write(at, rivers(label));
      await commit(label, `2024-01-0${day}T00:00:00Z`);
      expect((await git(folder, "push", hub, "main")).code).toBe(0);
      writeFileSync(hook, text);
      await chmod(hook, 0o755);
    };
    await lost("Rhein", 2);
    expect(catalogue(place).releases).toHaveLength(1);
    const other = await git(folder, "push", hub, "HEAD:refs/heads/side");
    expect([other.code, other.text]).toEqual([0, expect.stringContaining("small 1.0.1")]);
    await lost("Rijn", 3);
    const done = await factpress(place, "remote", "hub.git", "--reconcile");
    expect([done.code, done.out]).toEqual([0, expect.stringContaining("small 1.0.2")]);
    expect(catalogue(place).releases.map(({ version }) => version)).toEqual(["1.0.2", "1.0.1", "1.0.0"]);
    expect((await factpress(place, "remote", "store", "--reconcile")).code).toBe(2);
  });

  it("is created for the published branch of the current repository, outside of one only for a named branch, and publishes no folder with an invalid dataset name", async () => {
    const { folder, hub, place } = await withHub();
    const outside = await factpress(place, "remote", "other.git", "--store", "other");
    expect([outside.code, outside.out]).toEqual([2, expect.stringContaining("The published branch is not known")]);
    for (const name of ["", "a b", "refs/heads/x", "HEAD"])
      expect((await factpress(place, "remote", "other.git", "--store", "other", "--branch", name)).code).toBe(2);
    await write(place, { "broken.gitconfig": "[" });
    vi.stubEnv("GIT_CONFIG_GLOBAL", join(place, "broken.gitconfig"));
    const broken = await factpress(place, "remote", "other.git", "--store", "other", "--branch", "main");
    vi.unstubAllEnvs();
    expect([broken.code, broken.out]).toEqual([3, expect.stringContaining("bad config")]);
    expect(existsSync(join(place, "other.git"))).toBe(false);
    await git(folder, "config", "factpress.branch", "trunk");
    await git(folder, "branch", "-m", "trunk");
    const pushed = await git(folder, "push", hub, "trunk");
    expect([pushed.code, pushed.text]).toEqual([
      0,
      expect.stringMatching(
        /trunk was only checked: only main is published\.[\s\S]*Nothing is published yet: push main, or create a remote/,
      ),
    ]);
    const made = await factpress(folder, "remote", join(place, "trunk.git"), "--store", join(place, "other"));
    expect([made.code, made.out]).toEqual([0, expect.stringContaining("trunk is checked and published")]);
    expect((await git(folder, "push", join(place, "trunk.git"), "trunk")).text).toContain("small 1.0.0  first release");
    await rm(join(place, "other"), { recursive: true });
    await git(folder, "mv", "data/small", "data/Small");
    await git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "odd name");
    expect((await git(folder, "push", join(place, "trunk.git"), "trunk")).code).toBe(1);
    expect(existsSync(join(place, "other/Small"))).toBe(false);
  });

  it("refuses an undeclared deletion of a dataset, and accepts one that continues under another name", async () => {
    const { folder, hub, place, commit } = await withPushed();
    const catalogueBefore = readFileSync(join(place, "store/small/releases.json"), "utf8");
    await git(folder, "mv", "data/small", "data/rivers-and-levels");
    const at = join(folder, "data/rivers-and-levels");
    const renamed = (release: object): Record<string, unknown> => ({
      "dataset.json": { ...(smallDataset("1.0.0")["dataset.json"] as object), name: "rivers-and-levels", release },
    });
    await write(at, renamed({ version: "1.0.0" }));
    await commit("rename", "2024-01-02T00:00:00Z");
    const refused = await git(folder, "push", hub, "main");
    expect([refused.code, refused.text]).toEqual([
      1,
      expect.stringMatching(
        /data\/small {2}was deleted: main \([0-9a-f]{10}\) has it[\s\S]*"continues": "small"[\s\S]*Rejected: main is published/,
      ),
    ]);
    await write(at, renamed({ version: "1.0.0", continues: "small" }));
    await commit("say so", "2024-01-03T00:00:00Z");
    const { code, text } = await git(folder, "push", hub, "main");
    expect([code, text]).toEqual([0, expect.stringContaining("small  continues as rivers-and-levels.")]);
    expect(text).toContain("rivers-and-levels 1.0.0  first release");
    const page = readFileSync(join(place, "store/pages/small/index.html"), "utf8");
    expect(page).toContain('Continued as <a href="/rivers-and-levels/">rivers-and-levels</a>');
    expect(readFileSync(join(place, "store/small/releases.json"), "utf8")).toBe(catalogueBefore);
    expect((await factpress(place, "verify", "store")).code).toBe(0);
  });
});
