import { join } from "node:path";
import { checkedPath } from "../folder/checked-path.ts";
import { lstatIfExists } from "../folder/lstat-if-exists.ts";
import { UnsafePathError } from "../folder/unsafe-path-error.ts";
import { BranchWithoutCommitError } from "./branch-without-commit-error.ts";
import { findCommit } from "./find-commit.ts";
import { GitError } from "./git-error.ts";
import type { GitRepository } from "./git-repository.ts";
import { isShallowClone } from "./is-shallow-clone.ts";
import { oneLine } from "./one-line.ts";
import { UnknownBranchError } from "./unknown-branch-error.ts";

/** Facts that determine the published branch. Names are short: `main`, not `refs/heads/main`. */
export interface BranchFacts {
  /** Named on the command line. */
  requested?: string;
  /** `git config factpress.branch` of the repository. A user's global setting would apply to all their repositories and is ignored. */
  setting?: string;
  /** The remote that the repository was cloned from, and its default branch if the clone knows it. */
  remote?: { name: string; head?: string; branches: readonly string[]; fetchesAll: boolean };
  local: readonly string[];
  isShallow: boolean;
}

export interface PublishedBranch {
  name: string;
  /** The full name: for a short one, git would prefer a tag. */
  ref: string;
  /** Requested for this run, set in the repository, the remote's default branch, or the only branch. */
  source: "requested" | "setting" | "remote" | "only";
}

function refOf({ local, remote }: BranchFacts, name: string): string | undefined {
  if (local.includes(name)) return `refs/heads/${name}`;
  const prefix = `${remote?.name}/`;
  const tracked = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return remote?.branches.includes(tracked) ? `refs/remotes/${prefix}${tracked}` : undefined;
}

const listed = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "");

/** The only branch of a repository. A single-branch clone does not count, since its remote may have others. */
function onlyBranch({ local, remote, isShallow }: BranchFacts): string | undefined {
  const names = new Set([...local, ...(remote?.branches ?? [])]);
  const [name] = local;
  const seesAll = remote === undefined || (remote.fetchesAll && !isShallow);
  return names.size === 1 && seesAll ? name : undefined;
}

/** A clone of a single branch, such as one that CI makes, may lack a branch of its remote. */
function fetchRemedy(remote: BranchFacts["remote"], name: string): string {
  if (remote === undefined) return "";
  const prefix = `${remote.name}/`;
  const branch = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  // The name may come from the configuration of an unpacked archive, and people copy the command into a shell.
  if (!/^\w[\w./-]*$/.test(`${prefix}${branch}`)) return "";
  return `. If ${remote.name} has it, run: git fetch ${remote.name} ${branch}:refs/remotes/${prefix}${branch}`;
}

function remedy({ remote }: BranchFacts): string {
  const fetch = remote?.branches.length === 0 ? `git fetch ${remote.name}, then ` : "";
  const byRemote = remote ? ` (or take the default of ${remote.name}: ${fetch}git remote set-head ${remote.name} --auto)` : "";
  return `Set it: git config factpress.branch NAME${byRemote}, or for one run: --branch NAME`;
}

/** Chooses the published branch, never by its name or by the checkout. Throws `UnknownBranchError`. */
export function choosePublishedBranch(facts: BranchFacts): PublishedBranch {
  const { requested, setting, remote } = facts;
  const take = (name: string, source: PublishedBranch["source"], otherwise: string): PublishedBranch => {
    const ref = refOf(facts, name);
    if (ref === undefined) throw new UnknownBranchError(otherwise);
    return { name, ref, source };
  };
  if (requested !== undefined)
    return take(requested, "requested", `There is no branch "${requested}" in this repository${fetchRemedy(remote, requested)}`);
  if (setting !== undefined)
    return take(
      setting,
      "setting",
      `git config factpress.branch names "${setting}", but there is no such branch${fetchRemedy(remote, setting)}`,
    );
  if (remote?.head !== undefined)
    return take(
      remote.head,
      "remote",
      `${remote.name}/HEAD names the branch "${remote.head}", which is not in this clone. Run: git fetch ${remote.name}, then git remote set-head ${remote.name} --auto`,
    );
  const only = onlyBranch(facts);
  if (only !== undefined) return take(only, "only", "");
  const names = [...new Set([...facts.local, ...(remote?.branches.map((name) => `${remote.name}/${name}`) ?? [])])].sort();
  throw new UnknownBranchError(
    `The published branch is not known: there ${names.length === 1 ? "is" : "are"} ${listed(names) || "no branches"}${remote ? `, and this clone does not know the default branch of ${remote.name}` : ""}. ${remedy(facts)}`,
  );
}

async function remoteFacts({ git, ask }: GitRepository, refs: readonly string[]): Promise<BranchFacts["remote"]> {
  const names = (await git("remote")).split("\n").filter(Boolean);
  const name = names.includes("origin") ? "origin" : names.length === 1 ? names[0] : undefined;
  if (name === undefined) return undefined;
  const prefix = `refs/remotes/${name}/`;
  const [head, specs] = await Promise.all([
    ask("symbolic-ref", "--quiet", `${prefix}HEAD`),
    ask("config", "--get-all", `remote.${name}.fetch`),
  ]);
  const fetched = (specs ?? "").split("\n").filter(Boolean);
  return {
    name,
    ...(head?.startsWith(prefix) ? { head: oneLine(head).slice(prefix.length) } : {}),
    branches: refs.filter((ref) => ref.startsWith(prefix) && ref !== `${prefix}HEAD`).map((ref) => ref.slice(prefix.length)),
    fetchesAll: fetched.every((spec) => spec.includes("refs/heads/*")),
  };
}

/** The commit of a requested name that is not a branch: HEAD, a full ref or a commit id. */
async function namedCommit(repository: GitRepository, requested: string): Promise<PublishedBranch | undefined> {
  if (!/^(HEAD|refs\/.+|[0-9a-f]{40,64})$/.test(requested)) return undefined;
  const found = await findCommit(repository, requested);
  return found === undefined ? undefined : { name: requested, ref: requested, source: "requested" };
}

/** The published branch of a repository. Throws `UnknownBranchError`. */
export async function publishedBranch(repository: GitRepository, requested?: string): Promise<PublishedBranch> {
  const { git, ask } = repository;
  const [refLines, setting] = await Promise.all([
    git("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes"),
    ask("config", "--local", "--get", "factpress.branch"),
  ]);
  const refs = refLines.split("\n").filter(Boolean);
  if (refs.length === 0 && (await findCommit(repository, "HEAD")) === undefined)
    throw new BranchWithoutCommitError("This git repository has no commit yet: git add data, then git commit");
  const named = requested === undefined ? undefined : await namedCommit(repository, requested);
  if (named) return named;
  const chosen = {
    ...(requested === undefined ? {} : { requested }),
    ...(setting === undefined ? {} : { setting: oneLine(setting) }),
    local: refs.filter((ref) => ref.startsWith("refs/heads/")).map((ref) => ref.slice("refs/heads/".length)),
  };
  // The name of a local branch takes precedence.
  if (chosen.local.includes(chosen.requested ?? chosen.setting ?? "")) return choosePublishedBranch({ ...chosen, isShallow: false });
  const [remote, isShallow] = await Promise.all([remoteFacts(repository, refs), isShallowClone(repository)]);
  return choosePublishedBranch({ ...chosen, ...(remote ? { remote } : {}), isShallow });
}

/** Whether the configuration is a regular file of the repository. In an unpacked archive, it may be a link to the user's configuration. */
async function hasOwnConfig(root: string): Promise<boolean> {
  const isGitDirectory = lstatIfExists(join(root, ".git"))?.isDirectory() === true;
  try {
    const config = isGitDirectory ? await checkedPath(root, ".git/config") : undefined;
    return config !== undefined && lstatIfExists(config)?.isFile() === true;
  } catch (error) {
    if (error instanceof UnsafePathError) return false;
    throw error;
  }
}

/** Stores the branch for later runs, when there may be more branches. False if it cannot be stored. */
export async function rememberPublishedBranch({ git, root }: GitRepository, name: string): Promise<boolean> {
  if (!(await hasOwnConfig(root))) return false;
  try {
    await git("config", "--local", "factpress.branch", name);
    return true;
  } catch (error) {
    // Another run is writing the setting, or the configuration is read-only. This run does not need the setting.
    if (error instanceof GitError) return false;
    throw error;
  }
}
