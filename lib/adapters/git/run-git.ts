import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { readWhole } from "../../ports/read-whole.ts";
import { announceGitProcess } from "./follow-git-processes.ts";
import { gitEnvironment } from "./git-environment.ts";
import { GitError } from "./git-error.ts";
import { safeGitDirectories } from "./safe-git-directories.ts";

/**
 * The only module that starts git. Repositories are untrusted: a clone may contain a bare repository with its own
 * configuration, and an unpacked archive any .git/config. No configured command runs, nothing is fetched, and objects are never
 * replaced. Old versions of git ignore some of these settings, so no protection relies on a single one.
 */
const CONFIG: readonly (readonly [string, string])[] = [
  // Use a bare repository only if --git-dir names it (git 2.38).
  ["safe.bareRepository", "explicit"],
  ["protocol.allow", "never"],
  ["core.useReplaceRefs", "false"],
  // A commit-graph file may list parents that the commits do not have.
  ["core.commitGraph", "false"],
  ["core.fsmonitor", "false"],
  ["core.hooksPath", "/dev/null"],
  ["core.alternateRefsCommand", ":"],
  ["core.askPass", "false"],
  ["core.sshCommand", "false"],
  ["credential.helper", ""],
  ["diff.external", ""],
  ["log.showSignature", "false"],
  ["gpg.program", "false"],
  ["gpg.ssh.program", "false"],
  ["gpg.x509.program", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["core.quotePath", "off"],
  ["core.warnAmbiguousRefs", "false"],
  ["advice.graftFileDeprecated", "false"],
];

/** A repository by the folder that contains `.git`, or by its git directory. */
export type GitLocation = { folder: string } | { gitDir: string; inHook?: boolean };

function invocation(location: GitLocation, args: readonly string[]): { args: string[]; env: NodeJS.ProcessEnv } {
  const where = "folder" in location ? ["-C", location.folder] : ["-C", location.gitDir, `--git-dir=${location.gitDir}`];
  const settings = [...CONFIG, ...safeGitDirectories(process.env).map((path) => ["safe.directory", path] as const)];
  return {
    args: [...where, "--no-pager", ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]), ...args],
    env: gitEnvironment(process.env, "gitDir" in location && location.inHook === true),
  };
}

const startFailure = (command: string, error: NodeJS.ErrnoException, stderr: string): GitError =>
  new GitError(command, null, error.code === "ENOENT" ? "git is not installed, or not in PATH" : stderr, { cause: error });

function outputOf(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { seconds, isTransfer = false }: { seconds?: number | undefined; isTransfer?: boolean } = {},
): Promise<string> {
  return new Promise((done, fail) => {
    const timeout = seconds === undefined ? 0 : Math.max(1, Math.round(seconds * 1_000));
    const child = execFile("git", args, { env, maxBuffer: 1 << 30, timeout }, (error, stdout, stderr) => {
      if (!error) done(stdout);
      else if (timeout > 0 && error.killed)
        fail(new GitError(command, null, `it took longer than ${timeout / 1_000} seconds`, { cause: error }));
      else if (typeof error.code === "number") fail(new GitError(command, error.code, stderr, { cause: error, isTransfer }));
      else fail(startFailure(command, error as NodeJS.ErrnoException, stderr));
    });
    announceGitProcess(child);
    child.stdin?.end();
  });
}

/** The output of a git command. Throws `GitError`. */
export function runGit(location: GitLocation, ...command: string[]): Promise<string> {
  const { args, env } = invocation(location, command);
  return outputOf(command[0] ?? "", args, env);
}

/**
 * Runs clone, fetch or ls-remote: the only commands with network access, and only by the protocol of their URL. Ignores the configuration
 * of the machine. `credentials`: a file in the format of git-credential-store. Throws `GitError`, also after `seconds`.
 */
export async function runGitTransfer(
  { url, credentials, folder, seconds }: { url: string; credentials?: string; folder?: string; seconds?: number | undefined },
  command: "clone" | "fetch" | "ls-remote",
  ...options: string[]
): Promise<string> {
  const helper = credentials === undefined ? "" : `store --file='${credentials}'`;
  const settings = [...CONFIG, ["credential.helper", helper] as const, ["http.followRedirects", "false"] as const];
  const env = {
    ...gitEnvironment(process.env),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ALLOW_PROTOCOL: new URL(url).protocol.replace(":", ""),
  };
  const where = folder === undefined ? [] : ["-C", folder];
  const args = [...where, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]), command, "--quiet", ...options];
  return outputOf(command, args, env, { seconds, isTransfer: true });
}

/** Git writes these with exit code 1 if it cannot read an object. A plain "no" prints nothing. */
const SAYS_ERROR = /^(error|fatal): /m;

/** The output of a git command; undefined if it answers "no" with exit code 1. Throws `GitError` for every other failure. */
export async function runGitOptional(location: GitLocation, ...command: string[]): Promise<string | undefined> {
  try {
    return await runGit(location, ...command);
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1 && !SAYS_ERROR.test(error.stderr)) return undefined;
    throw error;
  }
}

/** Starts a git command that reads requests while it runs. */
export function runGitProcess(location: GitLocation, ...command: string[]): ChildProcessWithoutNullStreams {
  const { args, env } = invocation(location, command);
  const child = spawn("git", args, { env, stdio: "pipe" });
  announceGitProcess(child);
  return child;
}

/** The output of a git command that reads lines from its input. Throws `GitError`. */
export async function runGitWithInput(location: GitLocation, lines: readonly string[], ...command: string[]): Promise<string> {
  const child = runGitProcess(location, ...command);
  const name = command[0] ?? "";
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = `${stderr}${chunk.toString("utf8")}`.slice(-4_000);
  });
  const ended = new Promise<number | null>((done, fail) => {
    child.once("error", (error) => fail(startFailure(name, error, stderr)));
    child.once("close", done);
  });
  // A broken pipe: git exited early, and its exit code is reported.
  child.stdin.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") child.kill();
  });
  child.stdin.end(lines.map((line) => `${line}\n`).join(""));
  const read = async (): Promise<string> => (await readWhole(child.stdout as AsyncIterable<Buffer>)).toString("utf8");
  const [text, exitCode] = await Promise.all([read(), ended]);
  if (exitCode !== 0) throw new GitError(name, exitCode, stderr);
  return text;
}
