import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gitBlobs } from "./git-blobs.ts";
import { GitError } from "./git-error.ts";
import { gitFailureReason } from "./git-failure-reason.ts";
import { oneLine } from "./one-line.ts";
import { RecentlyRead } from "./recently-read.ts";
import { type GitLocation, runGit, runGitOptional, runGitWithInput } from "./run-git.ts";

export interface GitRepository {
  /** The folder that contains `.git`; for a bare repository, the git directory. */
  root: string;
  /** The output of a git command. Throws `GitError`. */
  git(...command: string[]): Promise<string>;
  /** The same, but undefined if the command answers "no" with exit code 1. */
  ask(...command: string[]): Promise<string | undefined>;
  /**
   * The output of a command about objects that full ids name. It never changes, so git is started once for each of the latest commands.
   * Throws `GitError`.
   */
  readObjects(...command: string[]): Promise<string>;
  /** The output of a command that reads lines from its input. */
  pipe(lines: readonly string[], ...command: string[]): Promise<string>;
  blob(oid: string): AsyncIterable<Uint8Array>;
}

/** Maximum characters of a cached answer, and of all cached answers. A listed file takes about 100. */
const KEPT = { maxValueBytes: 256 * 1024, maxBytes: 4 * 1024 * 1024 };

function repositoryAt(root: string, location: GitLocation): GitRepository {
  const answers = new RecentlyRead<string>(KEPT);
  return {
    root,
    git: (...command) => runGit(location, ...command),
    ask: (...command) => runGitOptional(location, ...command),
    async readObjects(...command) {
      const key = command.join("\0");
      const answer = answers.get(key) ?? (await runGit(location, ...command));
      answers.add(key, answer);
      return answer;
    },
    pipe: (lines, ...command) => runGitWithInput(location, lines, ...command),
    blob: gitBlobs(location),
  };
}

/** A bare repository. In one of its hooks, commits being pushed can be read as well. */
export const bareGitRepository = (gitDir: string, { inHook }: { inHook: boolean }): GitRepository =>
  repositoryAt(gitDir, { gitDir: resolve(gitDir), inHook });

/** The nearest ancestor folder that contains `.git`. */
function folderWithGit(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/**
 * The repository that contains a folder; undefined if there is none. Git runs in the folder that contains `.git`: in a subfolder, it could
 * mistake committed files for a bare repository.
 */
export async function findGitRepository(folder: string): Promise<GitRepository | undefined> {
  // A missing folder is reported when it is read.
  if (!existsSync(folder)) return undefined;
  const root = folderWithGit(realpathSync(folder));
  if (root === undefined) return undefined;
  const repository = repositoryAt(root, { folder: root });
  const failure = await readFailure(repository);
  if (failure) throw new Error(`git cannot read the repository at ${root}: ${failure.reason}`, { cause: failure.cause });
  return repository;
}

async function readFailure({ root, git }: GitRepository): Promise<{ reason: string; cause?: unknown } | undefined> {
  try {
    const top = oneLine(await git("rev-parse", "--show-toplevel"));
    if (existsSync(top) && realpathSync(top) === root) return undefined;
    return { reason: `its files are in ${top}. Check .git, and core.worktree in its configuration.` };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { reason: gitFailureReason(error.stderr) || error.message, cause: error };
  }
}
