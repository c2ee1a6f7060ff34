import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { scratch } from "./scratch.ts";

const run = promisify(execFile);

/** An empty bare repository with this branch as its default. */
export async function bareGitRepository(branch: string): Promise<string> {
  const folder = await scratch();
  await run("git", ["init", "-q", "--bare", "-b", branch, folder]);
  return folder;
}

/** A clone of a repository. The last argument may be its folder; others are options of `git clone`. */
export async function cloneOf(
  url: string,
  ...options: string[]
): Promise<{ folder: string; git(...args: string[]): Promise<string>; commit(message: string): Promise<string> }> {
  const named = options.at(-1)?.startsWith("/") ? options.pop() : undefined;
  const folder = named ?? (await scratch());
  await run("git", ["clone", "-q", ...options, url, folder]);
  const git = async (...args: string[]): Promise<string> => (await run("git", args, { cwd: folder })).stdout.trim();
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

/** A commit: what changes below the root. */
export type Files = Record<string, unknown>;

/** Writes many commits of main at once, after the commit `from`: `git commit` would take minutes. */
export function importHistory(folder: string, commits: readonly Files[], { from }: { from?: string } = {}): void {
  const blob = (value: unknown): string => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `data ${Buffer.byteLength(text)}\n${text}\n`;
  };
  const lines = commits.map((files, i) => {
    const when = `A <a@example.org> ${1_700_000_000 + i * 60} +0000`;
    const changes = Object.entries(files).map(([path, value]) => `M 100644 inline ${path}\n${blob(value)}`);
    const parent = i === 0 && from !== undefined ? `from ${from}\n` : "";
    return `commit refs/heads/main\ncommitter ${when}\n${blob(`commit ${i}`)}${parent}${changes.join("")}\n`;
  });
  execFileSync("git", ["-C", folder, "fast-import", "--quiet", "--force"], { input: lines.join("") });
}
