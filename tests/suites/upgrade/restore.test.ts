import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { EARLIER_GENERATORS, GENERATOR } from "../../../lib/contract/generator.ts";
import type { Catalogue } from "../../../lib/release/catalogue.ts";
import { packProgram } from "../../pack-program.ts";
import { factpress, ROOT, tree } from "../../scratch.ts";

const NAME = "abraham-accords";

/** The newest pushes, each published by a run of its own. The first of these runs also publishes all before it. */
const PUSHES = Number(process.env["FACTPRESS_PUSHES"] ?? Number.POSITIVE_INFINITY);

/**
 * Raised whenever releases get other bytes from the same commit under the same version of Factpress: the tests below compare
 * this tool with the one of the commit that raised it last.
 */
const FORMAT = 3;
const PLACES = ["tests/reproducible.test.ts", "tests/suites/upgrade/restore.test.ts"];

let folder: string;
let repo: string;
/** What the earlier tool published, push by push. */
let store: string;
/** The version of the earlier tool. */
let version: string;

beforeAll(async () => {
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  // A merge counts as the commit that brought the change: what it merged may not be all that makes the format.
  const earlier = git("log", "-1", "-m", "--first-parent", "--format=%H", "-G^const FORMAT = ", "--", ...PLACES);
  expect(earlier).toMatch(/^[0-9a-f]{40}$/);
  folder = await mkdtemp(join(tmpdir(), "factpress-upgrade-"));
  const old = join(folder, "old");
  execFileSync("git", ["clone", "-q", "--no-checkout", ROOT, old]);
  execFileSync("git", ["-C", old, "checkout", "-q", earlier]);
  await symlink(join(ROOT, "node_modules"), join(old, "node_modules"));
  version = (JSON.parse(readFileSync(join(old, "package.json"), "utf8")) as { version: string }).version;
  const withThisCommit = `the tool of ${earlier} does not run with the packages of this commit; FORMAT ${FORMAT + 1}?`;
  // It is started for each push.
  const program = await packProgram(old, join(folder, "program")).catch((error: Error) => {
    throw new Error(`${withThisCommit}\n${error.message}`, { cause: error });
  });
  const pushes = git("log", "--first-parent", "--reverse", "--format=%H", earlier, "--", `data/${NAME}`).split("\n").slice(-PUSHES);
  repo = join(folder, "repo");
  execFileSync("git", ["clone", "-q", ROOT, repo]);
  store = join(folder, "store");
  for (const push of pushes) {
    execFileSync("git", ["-C", repo, "branch", "-q", "-f", "pushed", push]);
    const publish = [program, "publish", NAME, "--store", store, "--branch", "pushed"];
    const { status, stderr } = spawnSync(process.execPath, publish, { cwd: repo, encoding: "utf8" });
    expect(status, `${withThisCommit}\n${stderr}`).toBe(0);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The files of a store that belong to releases of the dataset, and its catalogue. */
const releases = async (at: string): Promise<Map<string, string>> =>
  new Map([...(await tree(at))].filter(([name]) => name.startsWith(`${NAME}/`) && !name.endsWith("feed.xml")));

it("restore rebuilds a lost store that an earlier commit's tool published push by push", async () => {
  const lost = join(folder, "lost");
  await cp(join(store, NAME, "releases.json"), join(lost, NAME, "releases.json"));
  const { code, out } = await factpress(repo, "restore", NAME, "--store", lost, "--branch", "pushed");
  expect([code, out]).toEqual([0, expect.stringMatching(/(\d+) of \1 releases restored/)]);
  expect(await releases(lost)).toEqual(await releases(store));
});

it("verify compares the releases of an earlier commit's tool, but not its pages", async () => {
  if (version === GENERATOR) return;
  // Later commits of the dataset, which the clone has as well, were never published to this store.
  execFileSync("git", ["-C", repo, "config", "factpress.branch", "pushed"]);
  const verified = await factpress(repo, "verify", store, "--rebuild");
  expect(verified.code).toBe(4);
  expect(verified.out).toContain(
    `Pages, feed and assets were not compared: another version or commit of factpress wrote them, but this is ${GENERATOR}. Verify with the one that wrote them.`,
  );
  expect(verified.out).toContain(`says that factpress ${version} built it; ${GENERATOR} builds the same files`);
});

it("publish adds a release to a store that an earlier commit's tool published, changes no earlier one and loses no file", async () => {
  const upgraded = join(folder, "upgraded");
  await cp(store, upgraded, { recursive: true });
  const before = await tree(upgraded);
  const { releases: earlier } = JSON.parse(before.get(`${NAME}/releases.json`) ?? "") as Catalogue;
  const git = (...args: string[]): string => execFileSync("git", ["-C", repo, ...args], { encoding: "utf8" });
  git("checkout", "-q", "-b", "upgraded", "pushed");
  git("config", "factpress.branch", "upgraded");
  const file = join(repo, "data", NAME, "facts/kazakhstan.json");
  const facts = JSON.parse(await readFile(file, "utf8")) as { id: string }[];
  await writeFile(file, `${JSON.stringify([...facts, { ...facts.at(-1), id: "kz-published-after-the-upgrade" }], null, 2)}\n`);
  git("commit", "-q", "-a", "-m", "Add a fact");

  const published = await factpress(repo, "publish", NAME, "--store", upgraded);
  expect(published.code, published.out).toBe(0);
  const after = await tree(upgraded);
  const { releases: all } = JSON.parse(after.get(`${NAME}/releases.json`) ?? "") as Catalogue;
  expect(all.slice(1)).toEqual(earlier);
  expect(all[0]?.level).toBe("minor");
  expect([...before.keys()].filter((path) => !after.has(path))).toEqual([]);
  expect(earlier.length).toBeGreaterThan(1);
  for (const { version } of earlier) {
    const folders = [store, upgraded].map((each) => join(each, NAME, version));
    const { status, stdout } = spawnSync("git", ["diff", "--no-index", "--stat", ...folders], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  }
  const verified = await factpress(repo, "verify", upgraded, "--rebuild");
  expect(verified.code, verified.out).toBe(0);
  const again = await factpress(repo, "publish", NAME, "--store", upgraded);
  expect(again.code, again.out).toBe(0);
  expect(await tree(upgraded)).toEqual(after);
});

it("knows every version that package.json ever had, so that restore tries it", () => {
  const log = execFileSync("git", ["log", "-p", "--format=", "--", "package.json"], { cwd: ROOT, encoding: "utf8" });
  const versions = new Set([...log.matchAll(/^\+ {2}"version": "(.+)",$/gm)].map(([, version]) => version));
  expect(new Set([GENERATOR, ...EARLIER_GENERATORS])).toEqual(versions);
});
