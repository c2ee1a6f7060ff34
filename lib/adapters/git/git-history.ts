import { COMMIT_ID } from "../../contract/commit-id.ts";
import type { Commit, History, Position } from "../../ports/ports.ts";
import { ShallowHistoryError } from "../../ports/shallow-history-error.ts";
import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";
import { commitSource } from "./commit-source.ts";
import { findCommit, presentCommit } from "./find-commit.ts";
import type { GitRepository } from "./git-repository.ts";
import { isShallowClone } from "./is-shallow-clone.ts";
import { readFolderId } from "./read-folder-id.ts";

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
  // "missing" may also mean that a parent tree is unavailable, such as in a treeless clone or a corrupt repository. Asking only where the
  // folder seems to appear or disappear is enough to tell.
  const isPartial = trees.includes(null) && (await isPartialClone(repository));
  const isEdge = (i: number): boolean => i === commits.length - 1 || trees[i - 1] != null || trees[i + 1] != null;
  for (const [i, commit] of commits.entries())
    if (trees[i] === null && (isPartial || isEdge(i))) trees[i] = (await readFolderId(repository, commit, folder)) ?? null;
  return trees;
}

/** A date out of range becomes the last valid date, which is in the future. */
function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? "9999-12-31T23:59:59Z" : date.toISOString().replace(".000Z", "Z");
}

/** Maximum commits passed as arguments of one git command. */
const MAX_NAMED = 2_000;

type DatedCommit = { id: string; date: string };

/** The commits of a first-parent history, oldest first. */
async function firstParents({ git }: GitRepository, ...range: string[]): Promise<DatedCommit[]> {
  const text = await git("rev-list", "--first-parent", "--reverse", "--timestamp", ...range, "--");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [time = "0", id = ""] = line.split(" ");
      return { id, date: dateOf(Number(time)) };
    });
}

/** The first-parent history of a branch, restricted to one folder. The tip is read once: later commits belong to the next run. */
export function gitHistory(repository: GitRepository, branch: string, folder: string): History {
  const { git, ask } = repository;
  const trees = new Map<string, string | null>();
  let line: { tip: string; commits: DatedCommit[] } | undefined;
  const lineOf = async (tip: string): Promise<DatedCommit[]> => {
    if (line?.tip !== tip) line = { tip, commits: await firstParents(repository, tip) };
    return line.commits;
  };
  const withTrees = async (commits: readonly DatedCommit[]): Promise<Commit[]> => {
    const unread = commits.map(({ id }) => id).filter((id) => !trees.has(id));
    if (unread.length > 0) for (const [i, tree] of (await treesOf(repository, unread, folder)).entries()) trees.set(unread[i] ?? "", tree);
    return commits.map(({ id, date }) => ({ id, date, tree: trees.get(id) ?? null }));
  };
  let resolved: Promise<string> | undefined;
  const tipOf = (): Promise<string> => {
    resolved ??= presentCommit(repository, branch);
    return resolved;
  };
  const has = async (commit: string): Promise<boolean> => {
    if (!COMMIT_ID.test(commit)) throw new Error(`The catalogue names the commit "${commit}", which is not a commit id`);
    return (await findCommit(repository, commit)) !== undefined;
  };
  const positionOf = async (commit: string, tip: string): Promise<Position> => {
    if (commit === tip || (await lineOf(tip)).some(({ id }) => id === commit)) return "on";
    const known = await has(commit);
    if (known && (await ask("merge-base", "--is-ancestor", tip, commit)) !== undefined) return "behind";
    if (await isShallowClone(repository))
      throw new ShallowHistoryError("This clone is too shallow to tell whether history was rewritten. Run: git fetch --unshallow");
    return known ? "aside" : "unknown";
  };
  return {
    async after(since) {
      const id = await tipOf();
      const position = since === null ? "on" : await positionOf(since, id);
      if (since === null && (await isShallowClone(repository)))
        throw new ShallowHistoryError(
          "This clone is shallow: it lacks the history that releases are made from. Run: git fetch --unshallow",
        );
      // Without a commit to check, the history need not be read to its start.
      const line = position === "on" && since !== id ? await lineOf(id) : await firstParents(repository, "--max-count=1", id);
      const pending = position === "on" ? line.slice(line.findIndex((commit) => commit.id === since) + 1) : [];
      // First, because they include the tip.
      const commits = await withTrees(pending);
      const [tip = null] = await withTrees(line.slice(-1));
      const known = since === null || position === "unknown" ? [] : await withTrees([{ id: since, date: "" }]);
      return { position, base: known[0]?.tree ?? null, commits, tip };
    },
    position: async (commit) => positionOf(commit, await tipOf()),
    async isTipWithin(commits) {
      const tip = await tipOf();
      const named = commits.filter((commit) => COMMIT_ID.test(commit)).slice(0, MAX_NAMED);
      if (named.length === 0) return false;
      // Empty if one of the commits has the tip as an ancestor.
      return (await git("rev-list", "--ignore-missing", "--max-count=1", tip, "--not", ...named, "--")).trim() === "";
    },
    at: ({ id }) => commitSource(repository, id as string, folder, trees.get(id as string) ?? undefined),
  };
}
