import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { Catalogue } from "../lib/release/catalogue.ts";
import { copiesOf, factpress, scratch, smallDataset, type TestRepository, write } from "./scratch.ts";

/** The command line with real git: what becomes a release, and with which exit code a run ends. */

const DAY = (day: number): string => `2024-01-${String(day).padStart(2, "0")}T00:00:00Z`;

/** Writes rivers (id → label) and what dataset.json says of releases, and commits both. */
async function commitRivers(
  { folder, commit }: Pick<TestRepository, "folder" | "commit">,
  day: number,
  rivers: Record<string, string>,
  release: object = {},
): Promise<string> {
  const small = smallDataset("1.0.0");
  await write(join(folder, "data/small"), {
    ...small,
    "dataset.json": { ...(small["dataset.json"] as object), release: { version: "1.0.0", ...release } },
    "rivers.json": Object.entries(rivers).map(([id, label]) => ({ id, label })),
    "levels.json": [],
  });
  return commit(`day ${day}`, DAY(day));
}

const catalogueOf = async (store: string): Promise<Catalogue> =>
  JSON.parse(await readFile(join(store, "small/releases.json"), "utf8")) as Catalogue;
const versions = async (store: string): Promise<string[]> => (await catalogueOf(store)).releases.map(({ version }) => version);

const A = { rhine: "Rhine" };
const MISTAKE = { rhine: "Rhine", secret: "EMBARGOED" };
const CORRECTED = { rhine: "Rhein" };

const storeOf = (folder: string): string => join(folder, ".git/store");

const copyOfPublished = copiesOf(async (made) => {
  await commitRivers(made, 1, A);
  expect((await factpress(made.folder, "publish", "--store", storeOf(made.folder))).code).toBe(0);
});

/** A repository whose first commit is published to a store. */
async function published(): Promise<TestRepository & { store: string; publish(...more: string[]): ReturnType<typeof factpress> }> {
  const made = await copyOfPublished();
  const store = storeOf(made.folder);
  return { ...made, store, publish: (...more) => factpress(made.folder, "publish", "--store", store, ...more) };
}

it("publishes nothing if a mistake and its revert are pending, lists the options, and repeats that", async () => {
  const { publish, store, ...made } = await published();
  await commitRivers(made, 2, MISTAKE);
  await commitRivers(made, 3, A);
  await commitRivers(made, 4, CORRECTED);
  const first = await publish();
  expect(first.code).toBe(1);
  expect(first.out).toContain("checked 3 commits since 1.0.0");
  expect(first.out).toContain("nothing was published");
  expect(first.out).toMatch(/git rebase -i [0-9a-f]{10}[\s\S]*--every-commit[\s\S]*withdraw it in the next commit/);
  expect(await publish()).toEqual(first);
  expect(await versions(store)).toEqual(["1.0.0"]);

  // Squashed into one commit, all of it is a correction.
  await made.git("reset", "-q", "--soft", "HEAD~3");
  await made.commit("squashed", DAY(5));
  expect((await publish()).code).toBe(0);
  expect(await versions(store)).toEqual(["1.0.1", "1.0.0"]);
});

it("releases each commit that passes with --every-commit, and exits with 1 because the newest does not", async () => {
  const { publish, store, ...made } = await published();
  await commitRivers(made, 2, MISTAKE);
  await commitRivers(made, 3, CORRECTED);
  const { code, out } = await publish("--every-commit");
  expect([code, out]).toEqual([1, expect.stringContaining("the tip of the branch is refused")]);
  expect(await versions(store)).toEqual(["1.1.0", "1.0.0"]);
  expect((await publish("--every-commit")).code).toBe(1);

  // The refusal names the withdrawal, and revert and withdrawal together in one commit work.
  expect(out).toContain('"withdrawn": [{ "version": "1.1.0"');
  await commitRivers(made, 4, CORRECTED, { withdrawn: [{ version: "1.1.0", reason: "added by mistake" }] });
  expect((await publish()).code).toBe(0);
  const { releases, withdrawn } = await catalogueOf(store);
  expect(releases[0]).toMatchObject({ version: "1.1.1", level: "patch", comparedWith: "1.0.0" });
  expect(withdrawn).toMatchObject([{ version: "1.1.0", reason: "added by mistake" }]);
  expect(await readFile(join(store, "small/1.1.1/CHANGES.md"), "utf8")).toContain("compared with 1.0.0");
  const changes = JSON.parse(await readFile(join(store, "small/1.1.1/changes.json"), "utf8")) as object;
  expect(changes).toMatchObject({ from: "1.0.0", to: "1.1.1", previous: { version: "1.1.0", manifest: releases[1]?.manifest } });

  // verify, verify --rebuild and apply follow the comparison.
  expect((await factpress(made.folder, "verify", store, "--rebuild")).code).toBe(0);
  const out2 = join(await scratch(), "applied");
  const [old, file] = [join(store, "small/1.0.0"), join(store, "small/1.1.1/changes.json")];
  const manifest = releases[0]?.manifest ?? "";
  expect(await factpress(made.folder, "apply", old, file, "--out", out2, "--manifest", manifest)).toMatchObject({ code: 0 });
});

it("keeps exit code 1 as long as nothing can be published because of a revert, even with invalid files", async () => {
  const { publish, store, ...made } = await published();
  await commitRivers(made, 2, { rhine: "Rhine", oops: "Oops" });
  expect((await publish()).code).toBe(0);
  await commitRivers(made, 3, A);
  await commitRivers(made, 4, CORRECTED);
  expect((await publish()).code).toBe(1);
  await write(join(made.folder, "data/small"), { "rivers.json": "not JSON\n" });
  await made.commit("broken", DAY(5));
  const { code, out } = await publish();
  expect([code, out]).toEqual([1, expect.stringContaining("rivers.json")]);
  expect(await versions(store)).toEqual(["1.1.0", "1.0.0"]);
});

it("adds nothing from a stale clone, regardless of how often the two alternate", async () => {
  const { publish, store, ...made } = await published();
  await commitRivers(made, 2, CORRECTED);
  const stale = join(await scratch(), "stale");
  await promisify(execFile)("git", ["clone", "-q", made.folder, stale]);
  await publish();
  await commitRivers(made, 3, { rhine: "Rijn" });
  for (let i = 0; i < 2; i += 1) {
    expect((await publish()).code).toBe(0);
    const { code, out } = await factpress(stale, "publish", "--store", store);
    expect([code, out]).toEqual([0, expect.stringContaining("git fetch")]);
  }
  expect(await versions(store)).toEqual(["1.0.2", "1.0.1", "1.0.0"]);

  // With a commit of its own it is refused until it has fetched and taken in what was published.
  const env = {
    ...process.env,
    GIT_AUTHOR_NAME: "B",
    GIT_AUTHOR_EMAIL: "b@example.org",
    GIT_COMMITTER_NAME: "B",
    GIT_COMMITTER_EMAIL: "b@example.org",
  };
  const git = async (...args: string[]) => (await promisify(execFile)("git", args, { cwd: stale, env })).stdout.trim();
  const commit = async (message: string): Promise<string> => {
    await git("add", "-A");
    await git("commit", "-q", "-m", message);
    return git("rev-parse", "HEAD");
  };
  await commitRivers({ folder: stale, commit }, 4, { rhine: "Reno" });
  const refused = await factpress(stale, "publish", "--store", store);
  expect([refused.code, refused.out]).toEqual([1, expect.stringMatching(/not in this repository[\s\S]*git fetch/)]);
  await git("pull", "-q", "--rebase", "-X", "theirs");
  expect((await factpress(stale, "publish", "--store", store)).code).toBe(0);
  expect(await versions(store)).toEqual(["1.0.3", "1.0.2", "1.0.1", "1.0.0"]);
});

it("publishes a rewritten history only if dataset.json declares the commit of the newest release as lost", async () => {
  const { publish, store, ...made } = await published();
  const given = await commitRivers(made, 2, CORRECTED);
  await publish();
  await made.git("reset", "-q", "--hard", "HEAD~1");
  await commitRivers(made, 3, { rhine: "Rijn" });
  const { code, out } = await publish();
  expect([code, out]).toEqual([1, expect.stringContaining(`"rewritten": "${given}"`)]);
  await commitRivers(made, 4, { rhine: "Rijn" }, { rewritten: given });
  expect((await publish()).code).toBe(0);
  expect((await catalogueOf(store)).releases[0]).toMatchObject({ version: "1.0.2", break: true });
});
