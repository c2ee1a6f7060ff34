import { execFile } from "node:child_process";
import { createReadStream, existsSync } from "node:fs";
import { chmod, mkdir, realpath, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { engineThreads } from "../../lib/adapters/engine-threads.ts";
import { branchName, commitSource, type Repository, repositoryAt, treeNames, withoutPlaces } from "../../lib/adapters/source-git.ts";
import { sqlThread } from "../../lib/adapters/sql-thread.ts";
import { harmless } from "../../lib/dataset/harmless.ts";
import type { Problem } from "../../lib/dataset/problem.ts";
import { baseOf, checkChange } from "../../lib/pipeline/check-change.ts";
import { UsageError } from "../datasets.ts";
import { openTemporary } from "../places.ts";
import { colors, out, printProblems } from "../terminal.ts";
import { publishFrom, siteAddress } from "./publish.ts";

const run = promisify(execFile);
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const NOTHING = /^0+$/;

/** What a remote is told when it is made, and its hooks by it. */
interface RemoteOptions {
  store: string;
  branch: string;
  data: string;
  url?: string;
}

/** A bare repository whose pushes are checked, and whose published branch goes to a store. */
export async function makeRemote(path: string, options: RemoteOptions): Promise<number> {
  const folder = resolve(path);
  const site = options.url === undefined ? [] : ["--url", siteAddress(options.url)];
  if (existsSync(folder)) throw new UsageError(`${path} exists already; nothing was written`);
  await mkdir(folder, { recursive: true });
  await run("git", ["init", "-q", "--bare", "-b", options.branch, folder], { env: withoutPlaces() });
  const store = resolve(options.store);
  // Where this program lies itself: in a checkout, or in a package.
  const program = await realpath(process.argv[1] as string);
  for (const hook of ["pre-receive", "post-receive"]) {
    const file = join(folder, "hooks", hook);
    const command = [process.execPath, program, "hook", hook, "--store", store, "--branch", options.branch, "--data", options.data, ...site]
      .map(quoted)
      .join(" ");
    await writeFile(file, `#!/bin/sh\nexec ${command}\n`);
    await chmod(file, 0o755);
  }
  out(`${path} takes pushes: ${options.branch} is checked and published to ${options.store}, other branches are checked.`);
  out(`  git remote add publish ${folder}\n  git push publish ${options.branch}\n  factpress serve --store ${options.store}`);
  return 0;
}

interface Update {
  now: string;
  ref: string;
}

async function updates(): Promise<Update[]> {
  let text = "";
  // Not process.stdin: a thread has one of its own.
  for await (const chunk of createReadStream("", { fd: 0 })) text += String(chunk);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(" "))
    .map(([, now = "", ref = ""]) => ({ now, ref }));
}

/** What a pushed commit is compared with: where it left the published branch, and what it takes the place of there. */
async function comparedWith({ git }: Repository, { now, ref }: Update, published: string): Promise<string | undefined> {
  const shared = (await git("merge-base", now, published).catch(() => "")).trim();
  // An older state of the branch replaces no release: it is compared with itself.
  if (ref !== published || shared === now) return shared || undefined;
  return (await git("rev-parse", "--verify", "--quiet", `${published}^{commit}`).catch(() => "")).trim() || undefined;
}

/** Checks a dataset of a commit and says what it found; whether all is well. */
async function verdictOn(path: string, repository: Repository, commit: string, base: string | undefined, branch: string): Promise<boolean> {
  const name = basename(path);
  const shown = harmless(path);
  const before = base === undefined ? undefined : commitSource(repository, base, path);
  const checked = await checkChange(
    commitSource(repository, commit, path),
    before && ((workspace) => baseOf(branch, before, engineThreads, workspace)),
    engineThreads,
    sqlThread,
    openTemporary,
    name,
  );
  const { change } = checked;
  const problems: Problem[] = [...checked.problems, ...(change?.problems ?? [])];
  const problemCount = checked.problemCount + (change?.problems.length ?? 0);
  if (problemCount > 0) printProblems({ name, folder: path, shown }, { problems, problemCount });
  else {
    const said = change && change.level !== "none" ? `: ${change.level} against ${branch}, ${harmless(change.summary)}` : "";
    out(`${colors.bold(shown)}  no problems${said}`);
  }
  return problemCount === 0;
}

/** Checks every dataset of a commit and says what it found, also of those that are gone; whether all is well. */
async function verdict(repository: Repository, update: Update, { branch, data }: RemoteOptions): Promise<boolean> {
  const base = await comparedWith(repository, update, `refs/heads/${branch}`);
  const names = await treeNames(repository, `${update.now}:${data}`);
  let isGood = names.length > 0;
  for (const name of names) isGood = (await verdictOn(`${data}/${name}`, repository, update.now, base, branch)) && isGood;
  for (const name of base === undefined ? [] : await treeNames(repository, `${base}:${data}`))
    if (!names.includes(name))
      out(`${colors.bold(harmless(`${data}/${name}`))}  is gone: its releases stay at their addresses, and no more are made of it.`);
  if (names.length === 0) out(`There is no dataset in ${data}/: each is a folder there, spelt as it is here.`);
  return isGood;
}

/** What git calls when somebody pushes; its output reaches the pusher's terminal. */
export async function hook(name: string, options: RemoteOptions): Promise<number> {
  const repository = repositoryAt(process.cwd());
  const pushed = (await updates()).filter(({ now }) => !NOTHING.test(now));
  if (name === "pre-receive") {
    for (const update of pushed.filter(({ ref }) => ref.startsWith("refs/heads/"))) {
      const branch = branchName(update.ref);
      if (await verdict(repository, update, options)) continue;
      if (branch !== options.branch) {
        out(`${branch} is taken all the same: only ${options.branch} is published.`);
        continue;
      }
      out(`Nothing was taken: ${branch} is published, so it may hold no problems. Mend them and push again.`);
      return 1;
    }
    return 0;
  }
  if (name !== "post-receive") throw new UsageError(`There is no hook "${name}"`);
  if (pushed.some(({ ref }) => ref === `refs/heads/${options.branch}`)) await publishFrom(repository, options);
  return 0;
}
