import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { scratch } from "./scratch.ts";

const run = promisify(execFile);
const env = {
  ...process.env,
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.org",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
};

/** An empty bare repository with this branch as its default. */
export async function bareGitRepository(branch: string): Promise<string> {
  const folder = await scratch();
  await run("git", ["init", "-q", "--bare", "-b", branch, folder], { env });
  return folder;
}

/** A clone of a repository. The last argument may be its folder; others are options of `git clone`. */
export async function cloneOf(
  url: string,
  ...options: string[]
): Promise<{ folder: string; git(...args: string[]): Promise<string>; commit(message: string): Promise<string> }> {
  const named = options.at(-1)?.startsWith("/") ? options.pop() : undefined;
  const folder = named ?? (await scratch());
  await run("git", ["clone", "-q", ...options, url, folder], { env });
  const git = async (...args: string[]): Promise<string> => (await run("git", args, { cwd: folder, env })).stdout.trim();
  return {
    folder,
    git,
    async commit(message) {
      await git("add", "-A");
      await git("commit", "-q", "--allow-empty", "-m", message);
      return git("rev-parse", "HEAD");
    },
  };
}
