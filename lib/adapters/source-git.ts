import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Commit, type History, type Source, Unreadable } from "../pipeline/ports.ts";
import { blobs } from "./git-blobs.ts";
import { notOddlyNamed, notTooDeep, notTooMany } from "./source-bounds.ts";

const run = promisify(execFile);

/** Nothing that a person's git settings could change in what is read. */
const SETTINGS = ["-c", "core.quotepath=off", "-c", "log.showSignature=false"];

export interface Repository {
  root: string;
  /** What git runs in. */
  env: NodeJS.ProcessEnv;
  git(...args: string[]): Promise<string>;
  blob(oid: string): AsyncIterable<Uint8Array>;
}

/** Where a hook's git says that its repository is: true of that one only. */
const PLACES = [
  ...["GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"],
  ...["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE"],
];

/** The environment without what leads git elsewhere than to the folder that it is called in. */
export function withoutPlaces(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of PLACES) delete env[name];
  return env;
}

/** The repository that holds a folder; undefined where there is none. Throws where there is one that git cannot read. */
export async function findRepository(folder: string): Promise<Repository | undefined> {
  const env = withoutPlaces();
  try {
    const { stdout } = await run("git", ["-C", folder, "rev-parse", "--show-toplevel"], { env });
    return repositoryAt(stdout.trim(), env);
  } catch (error) {
    // Whoever reads the folder says that it is not there.
    if (!existsSync(folder)) return undefined;
    for (let at = resolve(folder); ; at = dirname(at)) {
      if (existsSync(join(at, ".git"))) {
        const { stderr, message } = error as { stderr?: string; message: string };
        throw new Error(
          `There is a git repository at ${at}, and git cannot read it: ${(stderr?.trim() || message).split("\n").slice(0, 3).join(" ")}`,
        );
      }
      if (at === dirname(at)) return undefined;
    }
  }
}

/** A repository whose folder is known. A hook's own one keeps the environment: what is pushed lies aside until it is taken. */
export const repositoryAt = (root: string, env = process.env): Repository => ({
  root,
  env,
  git: async (...args) => (await run("git", ["-C", root, ...SETTINGS, ...args], { env, maxBuffer: 1 << 30 })).stdout,
  blob: blobs(root, env),
});

/** The files of a repository that change when what is checked out does, or a branch. */
export async function headFiles({ root, git }: Repository): Promise<string[]> {
  const paths = await git("rev-parse", ...["HEAD", "refs/heads", "packed-refs"].flatMap((name) => ["--git-path", name]));
  return paths
    .split("\n")
    .filter(Boolean)
    .map((path) => resolve(root, path));
}

/** The web address of the repository that a clone came from; undefined where that is none. */
export async function originOf({ git }: Repository): Promise<string | undefined> {
  const origin = (await git("config", "--get", "remote.origin.url").catch(() => "")).trim();
  const [, host, path] = /^(?:https:\/\/(?:[^@/]*@)?|git@|ssh:\/\/git@)([\w.-]+)[:/]([\w./-]+?)(?:\.git)?\/?$/.exec(origin) ?? [];
  return host && path ? `https://${host}/${path}` : undefined;
}

/** The names of the folders in a tree; none where it is not there. */
export async function treeNames({ git }: Repository, treeish: string): Promise<string[]> {
  const listing = await git("ls-tree", "-z", "-d", "--name-only", treeish).catch(() => "");
  return listing.split("\0").filter((name) => name !== "" && !name.startsWith("."));
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** The branch whose commits are published: the one asked for, main, master, or what is checked out. */
export async function publishedBranch({ git }: Repository, asked?: string): Promise<string> {
  const exists = (name: string): Promise<boolean> => succeeds(git("rev-parse", "--verify", "--quiet", `${name}^{commit}`));
  // The full name: a tag of the same name would win over a branch.
  for (const name of asked === undefined ? ["main", "master"] : [asked])
    if (await exists(`refs/heads/${name}`)) return `refs/heads/${name}`;
  if (await exists(asked ?? "HEAD")) return asked ?? "HEAD";
  if (asked === undefined) throw new NoSuchBranch("This git repository has no commit yet: git add data, then git commit");
  throw new NoSuchBranch(`There is no branch "${asked}" in this repository`);
}

export class NoSuchBranch extends Error {
  override name = "NoSuchBranch";
}

/** A branch as people call it. */
export const branchName = (ref: string): string => ref.replace(/^refs\/heads\//, "");

interface TreeEntry {
  path: string;
  oid: string;
  bytes: number;
}

/** The files of a folder in a commit, path → entry, within the same bounds as a folder on disk. */
async function treeEntries({ git }: Repository, commit: string, folder: string): Promise<Map<string, TreeEntry>> {
  const treeish = `${commit}:${folder}`;
  const listing = await git("ls-tree", "-r", "-z", "-l", "--full-tree", treeish).catch(() => {
    throw new Error(`${treeish} is not in this repository; in a shallow clone, git fetch --unshallow brings it`);
  });
  const entries = listing
    .split("\0")
    .filter(Boolean)
    .flatMap((line): TreeEntry[] => {
      const [, mode = "", oid = "", size = "", path = ""] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
      if (path.split("/").some((part) => part.startsWith("."))) return [];
      notOddlyNamed(path);
      notTooDeep(dirname(path));
      if (mode !== "100644" && mode !== "100755")
        throw new Unreadable(`${path} is not a plain file in this commit (mode ${mode}: a link or a submodule)`);
      return [{ path, oid, bytes: Number(size) }];
    });
  notTooMany(entries, folder);
  return new Map(entries.map((entry) => [entry.path, entry]));
}

/** The files of a folder as a commit holds them, whatever the checkout looks like. */
export function commitSource(repository: Repository, commit: string, folder: string): Source {
  let listed: Promise<Map<string, TreeEntry>> | undefined;
  const entries = (): Promise<Map<string, TreeEntry>> => {
    listed ??= treeEntries(repository, commit, folder);
    return listed;
  };
  return {
    list: async () => [...(await entries()).values()],
    async *read(path) {
      const entry = (await entries()).get(path);
      if (!entry) throw new Error(`${path} is not in commit ${commit}`);
      yield* repository.blob(entry.oid);
    },
  };
}

/** The ids of many trees in one process; null where there is none. */
async function treesOf({ root, env }: Repository, names: readonly string[]): Promise<(string | null)[]> {
  const child = spawn("git", ["-C", root, "cat-file", "--batch-check"], { env, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => {});
  child.stdin.end(names.map((name) => `${name}\n`).join(""));
  let text = "";
  for await (const chunk of child.stdout) text += String(chunk);
  const lines = text.split("\n");
  return names.map((_, i) => /^([0-9a-f]+) tree \d+$/.exec(lines[i] ?? "")?.[1] ?? null);
}

/** A committer date that no calendar has counts as one far ahead of the clock. */
function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? "9999-12-31T23:59:59Z" : date.toISOString().replace(".000Z", "Z");
}

/** The first-parent history of a branch, as far as a dataset's folder goes. */
export function gitHistory(repository: Repository, branch: string, folder: string): History {
  const { git } = repository;
  const log = async (range: string): Promise<Commit[]> => {
    const text = await git("log", "--first-parent", "--reverse", "--format=%H %ct", range);
    const found = text
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(" "));
    const trees = await treesOf(
      repository,
      found.map(([id]) => `${id}:${folder}`),
    );
    return found.map(([id = "", time = "0"], i) => ({
      id,
      date: dateOf(Number(time)),
      tree: trees[i] ?? null,
    }));
  };
  return {
    async after(since) {
      const tip = (await git("rev-parse", "--verify", `${branch}^{commit}`)).trim();
      const isShallow = (await git("rev-parse", "--is-shallow-repository")).trim() === "true";
      if (since === null) {
        if (isShallow)
          throw new Error("This clone is shallow: the history that releases are made of is not there. Run: git fetch --unshallow");
        return { base: null, commits: await log(tip), broken: false, behind: false };
      }
      const [base = null] = await treesOf(repository, [`${since}:${folder}`]);
      if (since === tip) return { base, commits: [], broken: false, behind: false };
      const known = await succeeds(git("cat-file", "-e", `${since}^{commit}`));
      if (!known && isShallow)
        throw new Error("This clone is too shallow to tell whether history was rewritten. Run: git fetch --unshallow");
      const line = known ? (await git("rev-list", "--first-parent", tip)).split("\n") : [];
      if (line.includes(since)) return { base, commits: await log(`${since}..${tip}`), broken: false, behind: false };
      if (known && (await succeeds(git("merge-base", "--is-ancestor", tip, since))))
        return { base, commits: [], broken: false, behind: true };
      return { base: null, commits: await log(`${tip}~1..${tip}`).catch(() => log(tip)), broken: true, behind: false };
    },
    at: (commit) => commitSource(repository, commit.id as string, folder),
  };
}

/** Without git: one commit that has no name. */
export const folderHistory = (source: Source, date: string | null): History => ({
  after: async () => ({ base: null, commits: [{ id: null, date, tree: "folder" }], broken: false, behind: false }),
  at: () => source,
});
