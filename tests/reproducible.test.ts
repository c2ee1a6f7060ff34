import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { GENERATOR } from "../lib/adapters/generator.ts";
import { factpress, missing, NODE_24, ROOT, scratch, tree } from "./scratch.ts";

const NAME = "abraham-accords";
const DATA = join(ROOT, "data", NAME);

const files = (folder: string, below = ""): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(folder, `${below}${entry.name}/`) : [`${below}${entry.name}`],
  );

/** A copy of the dataset whose files were made in another order, so that the folder lists them otherwise. */
async function shuffledCopy(): Promise<string> {
  const folder = await scratch();
  const at = join(folder, "data", NAME);
  for (const name of files(DATA).sort((a, b) => (a.split("").reverse().join("") < b.split("").reverse().join("") ? -1 : 1))) {
    await mkdir(join(at, name, ".."), { recursive: true });
    await cp(join(DATA, name), join(at, name));
  }
  return folder;
}

async function built(node: string, env: Record<string, string> = {}): Promise<Map<string, string>> {
  const folder = await shuffledCopy();
  await promisify(execFile)("sh", ["-c", `umask 077; exec "${node}" "${join(ROOT, "bin/factpress.js")}" build --out out`], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return tree(join(folder, "out"));
}

describe("the same bytes", () => {
  it("in another folder, time zone, locale, umask and order of files", async () => {
    const here = await scratch();
    await factpress(ROOT, "build", "--out", here);
    expect(await built(process.execPath, { TZ: "Pacific/Apia", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" })).toEqual(await tree(here));
  }, 60_000);

  it("on Node 24, which Lambda runs", async (context) => {
    if (!existsSync(NODE_24)) return missing("Node 24 is not installed (npm ci --prefix tests/node24)", context);
    expect(execFileSync(NODE_24, ["--version"], { encoding: "utf8" })).toMatch(/^v24\./);
    expect(await built(NODE_24, { TZ: "Asia/Kathmandu" })).toEqual(await built(process.execPath));
  }, 60_000);
});

/**
 * Counted up whenever releases get other bytes from the same commit under the same version of Factpress: the test below holds
 * the tool against the one of the commit that did so last, once it is committed.
 */
const FORMAT = 2;

it("a lost store is put back as an earlier commit published it push by push, or the difference is laid to the version", async (context) => {
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  if (git("rev-parse", "--is-shallow-repository") === "true")
    return missing("this clone is shallow: the tool of an earlier commit is not in it (git fetch --unshallow)", context);
  // A merge counts as the commit that brought the change: what it merged may not be all that makes the format.
  const earlier = git("log", "-1", "-m", "--first-parent", "--format=%H", "-G^const FORMAT = ", "--", "tests/reproducible.test.ts");
  if (!earlier) return missing("no commit of this clone says FORMAT", context);
  const folder = await scratch();
  const old = join(folder, "old");
  execFileSync("git", ["clone", "-q", "--no-checkout", ROOT, old]);
  execFileSync("git", ["-C", old, "checkout", "-q", earlier]);
  await symlink(join(ROOT, "node_modules"), join(old, "node_modules"));
  const version = (JSON.parse(readFileSync(join(old, "package.json"), "utf8")) as { version: string }).version;
  const pushes = git("log", "--first-parent", "--reverse", "--format=%H", earlier, "--", `data/${NAME}`).split("\n");
  const repo = join(folder, "repo");
  execFileSync("git", ["clone", "-q", ROOT, repo]);
  const store = join(folder, "store");
  for (const push of pushes) {
    execFileSync("git", ["-C", repo, "branch", "-q", "-f", "pushed", push]);
    const publish = [join(old, "bin/factpress.js"), "publish", NAME, "--store", store, "--branch", "pushed"];
    const { status, stderr } = spawnSync(process.execPath, publish, { cwd: repo, encoding: "utf8" });
    expect(status, `the tool of ${earlier} does not run with the packages of this commit; FORMAT ${FORMAT + 1}?\n${stderr}`).toBe(0);
  }
  const lost = join(folder, "lost");
  await cp(join(store, NAME, "releases.json"), join(lost, NAME, "releases.json"));
  const { code, out } = await factpress(repo, "restore", NAME, "--store", lost, "--branch", "pushed");
  const releases = async (at: string): Promise<Map<string, string>> =>
    new Map([...(await tree(at))].filter(([name]) => name.startsWith(`${NAME}/`) && !name.endsWith("feed.xml")));
  if (version === GENERATOR) {
    expect([code, out]).toEqual([0, expect.stringMatching(/(\d+) of \1 releases put back/)]);
    expect(await releases(lost)).toEqual(await releases(store));
  } else {
    expect([code, out]).toEqual([3, expect.stringContaining(`it was built by another version of Factpress than ${GENERATOR}`)]);
    expect((await factpress(repo, "verify", store, "--rebuild")).out).toContain(
      `was built by factpress ${version}; build it again with that version.`,
    );
  }
}, 120_000);
