import { existsSync } from "node:fs";
import { chmod, mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findCommit } from "../../lib/adapters/git/find-commit.ts";
import { bareGitRepository, findGitRepository } from "../../lib/adapters/git/git-repository.ts";
import { oneLine } from "../../lib/adapters/git/one-line.ts";
import { publishedBranch } from "../../lib/adapters/git/published-branch.ts";
import { runGit, runGitOptional } from "../../lib/adapters/git/run-git.ts";
import { findingsRefuse } from "../findings-refuse.ts";
import { out } from "../out.ts";
import { outputFolder } from "../output-folder.ts";
import { pathToWrite } from "../path-to-write.ts";
import { refError } from "../ref-error.ts";
import { shellWord } from "../shell-word.ts";
import { UsageError } from "../usage-error.ts";
import { parseSiteUrl } from "./parse-site-url.ts";
import { publishBareRepository } from "./publish.ts";

/** The settings of a remote, passed to its hooks. */
export interface RemoteOptions {
  store: string;
  branch: string;
  data: string;
  url?: string;
  /** Release each commit that passes, even if a later one reverts it. */
  everyCommit?: boolean;
}

/** Malformed objects that git itself refuses: a hook sees pushed objects only after git has accepted them. */
const RECEIVE: readonly (readonly [string, string])[] = [
  ["receive.fsckObjects", "true"],
  // Common in old histories, without effect.
  ["receive.fsck.zeroPaddedFilemode", "ignore"],
  ["receive.fsck.badTimezone", "ignore"],
  ["receive.fsck.missingSpaceBeforeDate", "ignore"],
  ["receive.denyDeleteCurrent", "refuse"],
  ["core.useReplaceRefs", "false"],
  // Hides all refs except branches and tags.
  ["transfer.hideRefs", "refs"],
  ["transfer.hideRefs", "!refs/heads"],
  ["transfer.hideRefs", "!refs/tags"],
];

/** Throws a `UsageError` for a name that git, or the hooks of the remote, would refuse. */
async function plainBranch(name: string): Promise<string> {
  const ref = `refs/heads/${name}`;
  const error = refError(ref, { now: "", existing: [], branch: name });
  if (error !== undefined) throw new UsageError(`--branch: ${error}. Nothing was written`);
  if ((await runGitOptional({ folder: process.cwd() }, "check-ref-format", ref)) === undefined)
    throw new UsageError(`--branch: "${name}" is not a name that git accepts for a branch. Nothing was written`);
  return name;
}

/** The requested branch, or else the published branch of the enclosing repository. */
async function branchToPublish(requested: string | undefined): Promise<string> {
  if (requested !== undefined) return plainBranch(requested);
  const enclosing = await findGitRepository(process.cwd());
  if (enclosing) return (await publishedBranch(enclosing)).name;
  throw new UsageError(
    "The published branch is not known: this folder is not in a git repository. Name the branch, such as --branch main, or run this in the repository whose branch is published. Nothing was written",
  );
}

async function writeHooks(folder: string, options: RemoteOptions): Promise<void> {
  // This program, in a checkout or a package.
  const program = await realpath(process.argv[1] as string);
  const { store, branch, data, url, everyCommit } = options;
  for (const hook of ["pre-receive", "post-receive"]) {
    const file = join(folder, "hooks", hook);
    const site = url === undefined ? [] : ["--url", url];
    const every = everyCommit ? ["--every-commit"] : [];
    const command = [process.execPath, program, "hook", hook, "--store", store, "--branch", branch, "--data", data, ...site, ...every];
    await mkdir(join(folder, "hooks"), { recursive: true });
    await writeFile(file, `#!/bin/sh\nexec ${command.map(shellWord).join(" ")}\n`);
    await chmod(file, 0o755);
  }
}

interface MakeOptions extends Partial<RemoteOptions> {
  store: string;
  data: string;
  reconcile?: boolean;
}

/** Creates a bare repository that checks pushes and publishes its published branch to a store. */
export async function remote(path: string, given: MakeOptions): Promise<number> {
  if (given.reconcile) return reconcile(path);
  const folder = await pathToWrite(path);
  if (existsSync(folder)) throw new UsageError(`${path} already exists; nothing was written`);
  const options: RemoteOptions = {
    branch: await branchToPublish(given.branch),
    store: await outputFolder(given.store),
    data: given.data,
    ...(given.url === undefined ? {} : { url: parseSiteUrl(given.url) }),
    ...(given.everyCommit ? { everyCommit: true } : {}),
  };
  // Git cannot push between repositories with different kinds of ids.
  const enclosing = await findGitRepository(process.cwd());
  const objectFormat = enclosing ? oneLine(await enclosing.git("rev-parse", "--show-object-format")) : "sha1";
  await mkdir(folder, { recursive: true });
  await runGit({ folder }, "init", "-q", "--bare", "--template=", `--object-format=${objectFormat}`, "-b", options.branch, ".");
  const { git } = bareGitRepository(folder, { inHook: false });
  for (const [name, value] of RECEIVE) await git("config", "--add", name, value);
  for (const [name, value] of Object.entries(options)) await git("config", `factpress.${name}`, String(value));
  await writeHooks(folder, options);
  out(`${path} accepts pushes. ${options.branch} is checked and published to ${given.store}; other branches are only checked.`);
  out(
    `  git remote add publish ${shellWord(folder)}\n  git push publish ${shellWord(options.branch)}\n  factpress serve --store ${shellWord(given.store)}`,
  );
  return 0;
}

/** Publishes the pending commits of a remote, for example after a push that was interrupted once git had accepted it. */
async function reconcile(path: string): Promise<number> {
  if (!existsSync(join(path, "HEAD"))) throw new UsageError(`${path} is not a remote: it contains no git repository`);
  const repository = bareGitRepository(path, { inHook: false });
  const setting = async (name: string): Promise<string | undefined> => {
    const found = await repository.ask("config", "--local", "--get", `factpress.${name}`);
    return found === undefined ? undefined : oneLine(found);
  };
  const [store, branch, data, url] = [await setting("store"), await setting("branch"), await setting("data"), await setting("url")];
  if (store === undefined || branch === undefined || data === undefined)
    throw new UsageError(
      `${path} is not a Factpress remote: its git configuration lacks factpress.store, factpress.branch or factpress.data`,
    );
  if ((await findCommit(repository, `refs/heads/${branch}`)) === undefined)
    throw new UsageError(`${path} has no branch ${branch} yet: push one`);
  const everyCommit = (await setting("everyCommit")) === "true";
  const published = await publishBareRepository(repository, { store, branch, data, everyCommit, ...(url === undefined ? {} : { url }) });
  if ([...published.values()].some(findingsRefuse)) return 1;
  out(`${path}: ${store} is up to date with ${branch}`);
  return 0;
}
