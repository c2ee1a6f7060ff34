import type { CommitFolder, FetchLimits } from "../../ports/forge.ts";
import type { Commit, History } from "../../ports/ports.ts";
import { commitFolderSource } from "./commit-folder-source.ts";
import { folderIdSource } from "./folder-id-source.ts";
import type { BranchCommit, GitHubBranches } from "./github-branches.ts";
import type { GitHubObjects } from "./github-objects.ts";

/** Commits searched before GitHub is asked for the relation of two commits. One request returns them all. */
const NEAR = 100;

interface HistoryReader extends Pick<CommitFolder, "secondsLeft"> {
  branches: GitHubBranches;
  objects: GitHubObjects;
  limits: FetchLimits;
}

/** The first-parent history of a branch, restricted to one folder. */
export function gitHubHistory({ branches, objects, limits, secondsLeft }: HistoryReader, branch: string, folder: string): History {
  const slash = folder.lastIndexOf("/");
  if (slash < 1) throw new Error(`A dataset is a folder in a folder, not "${folder}"`);
  const [parent, name] = [folder.slice(0, slash), folder.slice(slash + 1)];
  const placeAt = (commit: string): CommitFolder => ({ commit, path: folder, ...(secondsLeft ? { secondsLeft } : {}) });
  const toCommit = ({ id, date, folders }: BranchCommit): Commit => ({ id, date, tree: folders.get(name) ?? null });
  const commitsSince = (tip: string, since: string | null, max?: number): Promise<BranchCommit[] | undefined> =>
    branches.commitsSince(tip, since, parent, max);
  return {
    after: async (since) => {
      const id = await branches.tip(branch);
      const found = await branches.commit(id, parent);
      if (!found) throw new Error(`GitHub lists no commit ${id}`);
      const tip = toCommit(found);
      if (since === null) return { position: "on", base: null, commits: ((await commitsSince(id, null)) ?? []).map(toCommit), tip };
      const from = await branches.commit(since, parent);
      const base = from ? toCommit(from).tree : null;
      // In most cases the commit is recent, and no more requests are needed.
      const near = await commitsSince(id, since, NEAR);
      if (near) return { position: "on", base, commits: near.map(toCommit), tip };
      const position = await branches.position(since, id);
      const line = position === "on" ? await commitsSince(id, since) : [];
      // An ancestor that is not on the first-parent line.
      if (!line) return { position: "aside", base, commits: [], tip };
      return { position, base: position === "unknown" ? null : base, commits: line.map(toCommit), tip };
    },
    position: async (commit) => {
      const tip = await branches.tip(branch);
      if (await commitsSince(tip, commit, NEAR)) return "on";
      const position = await branches.position(commit, tip);
      return position === "on" && !(await commitsSince(tip, commit)) ? "aside" : position;
    },
    // The forge has the branch itself, not a copy that could be stale.
    isTipWithin: async (commits) => commits.includes(await branches.tip(branch)),
    at: ({ id, tree }) =>
      tree === null
        ? commitFolderSource(objects, placeAt(id as string), limits)
        : folderIdSource(objects, tree, limits, id === null ? undefined : placeAt(id)),
  };
}
