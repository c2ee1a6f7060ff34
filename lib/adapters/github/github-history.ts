import type { FetchLimits } from "../../ports/forge.ts";
import type { Commit, History } from "../../ports/ports.ts";
import { commitFolderSource } from "./commit-folder-source.ts";
import { folderIdSource } from "./folder-id-source.ts";
import type { GitHubBranches, WalkedCommit } from "./github-branches.ts";
import type { GitHubObjects } from "./github-objects.ts";

/** The first-parent history of a branch, for one folder. */
export function gitHubHistory(
  { branches, objects, limits }: { branches: GitHubBranches; objects: GitHubObjects; limits: FetchLimits },
  branch: string,
  folder: string,
): History {
  const withFolder = async ({ id, date, tree }: Omit<WalkedCommit, "parents">) => ({
    id,
    date,
    tree: await objects.folderId(tree, folder),
  });
  const commitsOf = (line: readonly WalkedCommit[]): Promise<Commit[]> => Promise.all(line.map(withFolder));
  return {
    after: async (since) => {
      const id = await branches.tip(branch);
      const tip = await withFolder({ id, ...(await objects.commit(id)) });
      if (since === null) return { position: "on", base: null, commits: await commitsOf((await branches.walk(id, null)) ?? []), tip };
      const position = await branches.position(since, id);
      const base = position === "unknown" ? null : await objects.folderId((await objects.commit(since)).tree, folder);
      const line = position === "on" ? await branches.walk(id, since) : [];
      // An ancestor that is not on the first-parent line.
      if (!line) return { position: "aside", base, commits: [], tip };
      return { position, base, commits: await commitsOf(line), tip };
    },
    position: async (commit) => {
      const tip = await branches.tip(branch);
      const position = await branches.position(commit, tip);
      return position === "on" && !(await branches.walk(tip, commit)) ? "aside" : position;
    },
    // The forge holds the branch itself, not a copy that could be out of date.
    isTipWithin: async (commits) => commits.includes(await branches.tip(branch)),
    at: ({ id, tree }) =>
      tree === null ? commitFolderSource(objects, id as string, folder, limits) : folderIdSource(objects, tree, limits),
  };
}
