import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { blobs } from "./git-blobs.ts";
import { askGit, GitError, type GitLocation, pipeGit, runGit } from "./git-process.ts";

export interface Repository {
  /** The folder that holds `.git`; of a bare repository, the git directory. */
  root: string;
  /** The output of a git command. Throws `GitError`. */
  git(...command: string[]): Promise<string>;
  /** The same; undefined where the command says "no" by exit code 1. */
  ask(...command: string[]): Promise<string | undefined>;
  /** The answers of a command that reads lines. */
  pipe(lines: readonly string[], ...command: string[]): Promise<string>;
  blob(oid: string): AsyncIterable<Uint8Array>;
}

const repositoryAt = (root: string, place: GitLocation): Repository => ({
  root,
  git: (...command) => runGit(place, ...command),
  ask: (...command) => askGit(place, ...command),
  pipe: (lines, ...command) => pipeGit(place, lines, ...command),
  blob: blobs(place),
});

/** A bare repository by its folder. In one of its hooks, what is being pushed is read as well. */
export const bareRepository = (gitDir: string, { inHook }: { inHook: boolean }): Repository =>
  repositoryAt(gitDir, { gitDir: resolve(gitDir), inHook });

/** The nearest folder, upwards, that holds a `.git`. */
function folderWithGit(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** The one line that a command prints. Its last line feed is no part of it; a space before that is. */
export const oneLine = (text: string): string => text.replace(/\n$/, "");

/**
 * The repository that holds a folder; undefined where there is none. Git runs in the folder that holds `.git`: on the way up
 * from a dataset it would take a committed folder that looks like a bare repository for one.
 */
export async function findRepository(folder: string): Promise<Repository | undefined> {
  // Whoever reads the folder says that it is not there.
  if (!existsSync(folder)) return undefined;
  const root = folderWithGit(realpathSync(folder));
  if (root === undefined) return undefined;
  const repository = repositoryAt(root, { folder: root });
  const fault = await unreadable(repository);
  if (fault) throw new Error(`There is a git repository at ${root}, and git cannot read it: ${fault.why}`, { cause: fault.cause });
  return repository;
}

async function unreadable({ root, git }: Repository): Promise<{ why: string; cause?: unknown } | undefined> {
  try {
    const top = oneLine(await git("rev-parse", "--show-toplevel"));
    if (existsSync(top) && realpathSync(top) === root) return undefined;
    return { why: `git says that its files are in ${top}. Look at .git, and at core.worktree in its configuration.` };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { why: error.stderr.split("\n").slice(0, 3).join(" ") || error.message, cause: error };
  }
}

/** The files of a repository that change when what is checked out does, or a branch. */
export async function headFiles({ root, git }: Repository): Promise<string[]> {
  const own = resolve(root, oneLine(await git("rev-parse", "--git-dir")));
  const common = resolve(root, oneLine(await git("rev-parse", "--git-common-dir")));
  return [join(own, "HEAD"), join(common, "refs/heads"), join(common, "packed-refs")];
}

/** The web address of the repository that a clone came from; undefined where that is none. */
export async function originOf({ ask }: Repository): Promise<string | undefined> {
  const origin = oneLine((await ask("config", "--get", "remote.origin.url")) ?? "");
  const [, host, path] = /^(?:https:\/\/(?:[^@/]*@)?|git@|ssh:\/\/git@)([\w.-]+)[:/]([\w./-]+?)(?:\.git)?\/?$/.exec(origin) ?? [];
  return host && path ? `https://${host}/${path}` : undefined;
}
