import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { type Finished, ROOT } from "./scratch.ts";
import { findProgram } from "./suites/optional.ts";

const run = promisify(execFile);

/** The package, installed into an empty folder, with only Node, npm, git and a shell on PATH. */
export interface InstalledPackage {
  /** Removed afterwards, with everything in it. */
  place: string;
  /** The folder that it is installed in. */
  folder: string;
  program: string;
  env: Record<string, string>;
  command(name: string, args: string[], cwd?: string, env?: Record<string, string>): Promise<Finished>;
  /** `npm exec factpress`, in the folder. */
  factpress(...args: string[]): Promise<Finished>;
  remove(): Promise<void>;
}

export async function installPackage(): Promise<InstalledPackage> {
  const place = await mkdtemp(join(tmpdir(), "factpress-package-"));
  const folder = join(place, "mine");
  for (const name of ["bin", "home", "mine"]) await mkdir(join(place, name));
  for (const name of ["node", "npm", "git", "sh"]) await symlink(String(findProgram(name)), join(place, "bin", name));
  const env: Record<string, string> = {
    PATH: join(place, "bin"),
    HOME: join(place, "home"),
    NO_COLOR: "1",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
  };
  for (const who of ["AUTHOR", "COMMITTER"]) Object.assign(env, { [`GIT_${who}_NAME`]: "A", [`GIT_${who}_EMAIL`]: "a@example.org" });
  const command: InstalledPackage["command"] = async (name, args, cwd = folder, more = {}) => {
    try {
      const { stdout, stderr } = await run(name, args, { cwd, env: { ...env, ...more }, maxBuffer: 1 << 26 });
      return { code: 0, out: stdout + stderr };
    } catch (error) {
      const failed = error as { code?: unknown; stdout?: string; stderr?: string };
      if (typeof failed.code !== "number") throw error;
      return { code: failed.code, out: `${failed.stdout}${failed.stderr}` };
    }
  };
  // Its own cache: the home of the user who runs the tests may be read-only.
  const packEnv = { ...process.env, npm_config_cache: join(place, "cache") };
  await run("npm", ["pack", "--silent", "--pack-destination", place], { cwd: ROOT, env: packEnv });
  const tarball = join(place, `factpress-${manifest.version}.tgz`);
  const { code, out } = await command("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball]);
  expect([code, out]).toEqual([0, expect.stringContaining("added 1 package")]);
  return {
    place,
    folder,
    program: join(folder, "node_modules/.bin/factpress"),
    env,
    command,
    factpress: (...args) => command("npm", ["exec", "--offline", "--", "factpress", ...args]),
    remove: () => rm(place, { recursive: true, force: true }),
  };
}
