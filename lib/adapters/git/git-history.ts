import { dirname } from "node:path";
import {
  type Commit,
  type History,
  MissingCommitError,
  type Position,
  ShallowHistoryError,
  type Source,
  UnreadableSourceError,
} from "../../ports/ports.ts";
import { checkSourceDepth, checkSourceFileCount, checkSourceName } from "../folder/source-bounds.ts";
import type { GitRepository } from "./git-repository.ts";

/** The tree id of a folder in a commit; undefined if there is no such folder. Throws `GitError`. */
export async function folderTree({ git }: GitRepository, commit: string, folder: string): Promise<string | undefined> {
  if (folder === "") return (await git("rev-parse", "--verify", `${commit}^{tree}`)).trim();
  const listing = await git("ls-tree", "-d", "-z", "--full-tree", commit, "--", folder);
  return /^040000 tree ([0-9a-f]+)\t/.exec(listing)?.[1];
}

/** The names of the folders in a folder of a commit, without hidden ones. */
export async function folderNames(repository: GitRepository, commit: string, folder: string): Promise<string[]> {
  const tree = await folderTree(repository, commit, folder);
  if (tree === undefined) return [];
  const listing = await repository.git("ls-tree", "-z", "-d", "--name-only", tree);
  return listing.split("\0").filter((name) => name !== "" && !name.startsWith("."));
}

/** SHA-1 or SHA-256. Names from a catalogue or a hook may be anything, even an option of git. */
const COMMIT_ID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

interface TreeEntry {
  path: string;
  oid: string;
  bytes: number;
}

/** The files of a folder in a commit by path, within the limits of a folder on disk. */
async function treeEntries(repository: GitRepository, commit: string, folder: string): Promise<Map<string, TreeEntry>> {
  const listing = await listingOf(repository, commit, folder);
  const entries = listing
    .split("\0")
    .filter(Boolean)
    .flatMap((line): TreeEntry[] => {
      const [, mode = "", oid = "", size = "", path = ""] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
      if (path.split("/").some((part) => part.startsWith("."))) return [];
      checkSourceName(path);
      checkSourceDepth(dirname(path));
      if (mode !== "100644" && mode !== "100755")
        throw new UnreadableSourceError(`${path} is not a plain file in this commit (mode ${mode}: a link or a submodule)`);
      return [{ path, oid, bytes: Number(size) }];
    });
  checkSourceFileCount(entries, folder);
  return new Map(entries.map((entry) => [entry.path, entry]));
}

/** Throws `MissingCommitError` if there is no such commit or folder, and `GitError`. */
async function listingOf(repository: GitRepository, commit: string, folder: string): Promise<string> {
  const what = `${commit}:${folder} is not in this repository`;
  if ((await repository.ask("rev-parse", "--verify", "--quiet", `${commit}^{commit}`)) === undefined)
    throw new MissingCommitError(`${what}; in a shallow clone, git fetch --unshallow brings it`);
  const tree = await folderTree(repository, commit, folder);
  if (tree === undefined) throw new MissingCommitError(`${what}: the commit has no such folder`);
  return repository.git("ls-tree", "-r", "-z", "-l", "--full-tree", tree);
}

/** The files of a folder in a commit, independent of the checkout. */
export function commitSource(repository: GitRepository, commit: string, folder: string): Source {
  if (!COMMIT_ID.test(commit)) throw new Error(`"${commit}" is not a commit id`);
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

const isPartialClone = async ({ ask }: GitRepository): Promise<boolean> =>
  (await ask("config", "--get-regexp", "^(extensions\\.partialclone|remote\\..*\\.promisor)$")) !== undefined;

/** The tree ids of a folder in many commits; null if a commit has no such folder. */
async function treesOf(repository: GitRepository, commits: readonly string[], folder: string): Promise<(string | null)[]> {
  if (folder.includes("\n"))
    throw new UnreadableSourceError(`${JSON.stringify(folder)}: the name of a dataset's folder must not contain a line break`);
  const text = await repository.pipe(
    commits.map((commit) => `${commit}:${folder}`),
    "cat-file",
    "--batch-check",
  );
  const lines = text.split("\n");
  const trees = commits.map((commit, i) => {
    const line = lines[i] ?? "";
    if (!/ (missing|(blob|tree|commit|tag) \d+)$/.test(line)) throw new Error(`git cannot read ${commit}: "${line}"`);
    return /^([0-9a-f]+) tree \d+$/.exec(line)?.[1] ?? null;
  });
  // "missing" may also mean that a parent tree is not available: in a clone without trees, or in a damaged repository.
  const isPartial = trees.includes(null) && (await isPartialClone(repository));
  for (const [i, commit] of commits.entries())
    if (trees[i] === null && (isPartial || i === commits.length - 1)) trees[i] = (await folderTree(repository, commit, folder)) ?? null;
  return trees;
}

/** Dates beyond the calendar become the last valid one, which is in the future. */
function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? "9999-12-31T23:59:59Z" : date.toISOString().replace(".000Z", "Z");
}

/** Maximum commits in the arguments of one git command. */
const MAX_NAMED = 2_000;

/** The first-parent history of a branch, for one folder. */
export function gitHistory(repository: GitRepository, branch: string, folder: string): History {
  const { git, ask } = repository;
  const log = async (...range: string[]): Promise<Commit[]> => {
    const found = (await git("rev-list", "--first-parent", "--reverse", "--timestamp", ...range, "--"))
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(" "));
    const trees = await treesOf(
      repository,
      found.map(([, id = ""]) => id),
      folder,
    );
    return found.map(([time = "0", id = ""], i) => ({ id, date: dateOf(Number(time)), tree: trees[i] ?? null }));
  };
  const tipOf = async (): Promise<string> => (await git("rev-parse", "--verify", `${branch}^{commit}`)).trim();
  const has = async (commit: string): Promise<boolean> => {
    if (!COMMIT_ID.test(commit)) throw new Error(`The catalogue names the commit "${commit}", which is not a commit id`);
    return (await ask("rev-parse", "--verify", "--quiet", `${commit}^{commit}`)) !== undefined;
  };
  const isShallow = async (): Promise<boolean> => (await git("rev-parse", "--is-shallow-repository")).trim() === "true";
  const positionOf = async (commit: string, tip: string): Promise<Position> => {
    if (commit === tip) return "on";
    const known = await has(commit);
    if (known && (await git("rev-list", "--first-parent", tip, "--")).split("\n").includes(commit)) return "on";
    if (known && (await ask("merge-base", "--is-ancestor", tip, commit)) !== undefined) return "behind";
    if (await isShallow())
      throw new ShallowHistoryError("This clone is too shallow to tell whether history was rewritten. Run: git fetch --unshallow");
    return known ? "aside" : "unknown";
  };
  return {
    async after(since) {
      const id = await tipOf();
      const [tip = null] = await log("--max-count=1", id);
      if (since === null) {
        if (await isShallow())
          throw new ShallowHistoryError(
            "This clone is shallow: the history that releases are made of is not there. Run: git fetch --unshallow",
          );
        return { position: "on", base: null, commits: await log(id), tip };
      }
      const position = await positionOf(since, id);
      const [base = null] = position === "unknown" ? [] : await treesOf(repository, [since], folder);
      return { position, base, commits: position === "on" ? await log(`${since}..${id}`) : [], tip };
    },
    position: async (commit) => positionOf(commit, await tipOf()),
    async isTipWithin(commits) {
      const tip = await tipOf();
      const named = commits.filter((commit) => COMMIT_ID.test(commit)).slice(0, MAX_NAMED);
      if (named.length === 0) return false;
      // Empty if the tip is reachable from one of them.
      return (await git("rev-list", "--ignore-missing", "--max-count=1", tip, "--not", ...named, "--")).trim() === "";
    },
    at: (commit) => commitSource(repository, commit.id as string, folder),
  };
}

/** Without git: a single commit without an id. */
export function folderHistory(source: Source, date: string | null): History {
  const tip = { id: null, date, tree: "folder" };
  return {
    after: async (since) =>
      since === null ? { position: "on", base: null, commits: [tip], tip } : { position: "unknown", base: null, commits: [], tip },
    position: async () => "unknown",
    isTipWithin: async () => false,
    at: () => source,
  };
}
