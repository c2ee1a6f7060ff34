import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { EARLIER_GENERATORS, GENERATOR } from "../../../lib/contract/generator.ts";
import { packProgram } from "../../pack-program.ts";
import { factpress, ROOT, scratch, tree } from "../../scratch.ts";

const NAME = "abraham-accords";

/**
 * Raised whenever releases get other bytes from the same commit under the same version of Factpress: the test below compares
 * this tool with the one of the commit that raised it last.
 */
const FORMAT = 3;
const PLACES = ["tests/reproducible.test.ts", "tests/suites/upgrade/restore.test.ts"];

it("restore rebuilds a lost store that an earlier commit's tool published push by push", async () => {
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  // A merge counts as the commit that brought the change: what it merged may not be all that makes the format.
  const earlier = git("log", "-1", "-m", "--first-parent", "--format=%H", "-G^const FORMAT = ", "--", ...PLACES);
  expect(earlier).toMatch(/^[0-9a-f]{40}$/);
  const folder = await scratch();
  const old = join(folder, "old");
  execFileSync("git", ["clone", "-q", "--no-checkout", ROOT, old]);
  execFileSync("git", ["-C", old, "checkout", "-q", earlier]);
  await symlink(join(ROOT, "node_modules"), join(old, "node_modules"));
  const version = (JSON.parse(readFileSync(join(old, "package.json"), "utf8")) as { version: string }).version;
  const withThisCommit = `the tool of ${earlier} does not run with the packages of this commit; FORMAT ${FORMAT + 1}?`;
  // It is started for each push.
  const program = await packProgram(old, join(folder, "program")).catch((error: Error) => {
    throw new Error(`${withThisCommit}\n${error.message}`, { cause: error });
  });
  const pushes = git("log", "--first-parent", "--reverse", "--format=%H", earlier, "--", `data/${NAME}`).split("\n");
  const repo = join(folder, "repo");
  execFileSync("git", ["clone", "-q", ROOT, repo]);
  const store = join(folder, "store");
  for (const push of pushes) {
    execFileSync("git", ["-C", repo, "branch", "-q", "-f", "pushed", push]);
    const publish = [program, "publish", NAME, "--store", store, "--branch", "pushed"];
    const { status, stderr } = spawnSync(process.execPath, publish, { cwd: repo, encoding: "utf8" });
    expect(status, `${withThisCommit}\n${stderr}`).toBe(0);
  }
  const lost = join(folder, "lost");
  await cp(join(store, NAME, "releases.json"), join(lost, NAME, "releases.json"));
  const { code, out } = await factpress(repo, "restore", NAME, "--store", lost, "--branch", "pushed");
  const releases = async (at: string): Promise<Map<string, string>> =>
    new Map([...(await tree(at))].filter(([name]) => name.startsWith(`${NAME}/`) && !name.endsWith("feed.xml")));
  expect([code, out]).toEqual([0, expect.stringMatching(/(\d+) of \1 releases restored/)]);
  expect(await releases(lost)).toEqual(await releases(store));
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

it("knows every version that package.json ever had, so that restore tries it", () => {
  const log = execFileSync("git", ["log", "-p", "--format=", "--", "package.json"], { cwd: ROOT, encoding: "utf8" });
  const versions = new Set([...log.matchAll(/^\+ {2}"version": "(.+)",$/gm)].map(([, version]) => version));
  expect(new Set([GENERATOR, ...EARLIER_GENERATORS])).toEqual(versions);
});
