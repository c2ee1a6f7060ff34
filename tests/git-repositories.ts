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

/** A commit: the changed files, by path from the root. */
export type Files = Record<string, unknown>;

/**
 * Writes commits of a branch at once, after the commit `from`, without files in the working folder: `git add` and `git commit` take
 * seconds for thousands of files, and minutes for many commits. Returns the commits.
 */
export function importHistory(
  folder: string,
  commits: readonly Files[],
  { from, branch = "main" }: { from?: string; branch?: string } = {},
): string[] {
  const parts: (string | Uint8Array)[] = [];
  const data = (value: unknown): void => {
    const bytes = value instanceof Uint8Array ? value : Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
    parts.push(`data ${bytes.length}\n`, bytes, "\n");
  };
  for (const [i, files] of commits.entries()) {
    parts.push(`commit refs/heads/${branch}\nmark :${i + 1}\ncommitter A <a@example.org> ${1_700_000_000 + i * 60} +0000\n`);
    data(`commit ${i}`);
    if (i === 0 && from !== undefined) parts.push(`from ${from}\n`);
    for (const [path, value] of Object.entries(files)) {
      parts.push(`M 100644 inline ${path}\n`);
      data(value);
    }
    parts.push(`get-mark :${i + 1}\n`);
  }
  const input = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  const printed = execFileSync("git", ["-C", folder, "fast-import", "--quiet", "--force"], { input, encoding: "utf8", maxBuffer: 1 << 26 });
  return printed.trim().split("\n");
}
