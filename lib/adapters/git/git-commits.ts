import { COMMIT_ID } from "../../contract/commit-id.ts";
import type { CommitReader, MergeMethods } from "../../ports/forge.ts";
import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";
import { sourceExcess } from "../source-excess.ts";
import { commitTreeSource } from "./commit-source.ts";
import { findCommit } from "./find-commit.ts";
import { folderIds } from "./folder-ids.ts";
import type { GitRepository } from "./git-repository.ts";
import { readFolderId } from "./read-folder-id.ts";

/** A branch by its name, or a commit by its id. */
const revision = (name: string): string => (COMMIT_ID.test(name) ? name : `refs/heads/${name}`);

/**
 * The commits that a check otherwise reads from a forge, read from a clone. A clone does not know the forge's merge methods. Every call may
 * throw `GitError`.
 */
export function gitCommits(repository: GitRepository, methods: MergeMethods | undefined): CommitReader {
  const { git, ask } = repository;
  return {
    async commit(sha) {
      const [tree = "", parents = "", seconds = ""] = (
        await git("show", "-s", "--format=%T%n%P%n%ct", `${revision(sha)}^{commit}`, "--")
      ).split("\n");
      const date = new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
      return { tree, parents: parents.split(" ").filter(Boolean), date };
    },
    async mergeBase(a, b) {
      for (const name of [a, b]) if ((await findCommit(repository, revision(name))) === undefined) return undefined;
      return (await ask("merge-base", revision(a), revision(b)))?.trim().split("\n")[0];
    },
    folderId: async (root, path) => (await readFolderId(repository, root, path)) ?? null,
    folderIds: (root, path) => folderIds(repository, root, path),
    source(folderId, limits) {
      const source = commitTreeSource(repository, async () => folderId, { folder: "the dataset", name: `the tree ${folderId}` });
      const list = async () => {
        const files = await source.list();
        const excess = sourceExcess(files, limits);
        if (excess !== undefined) throw new UnreadableSourceError(`The dataset is too large: ${excess}`);
        return files;
      };
      return {
        list,
        async *read(path, options) {
          await list();
          yield* source.read(path, options);
        },
      };
    },
    mergeMethods: async () => methods,
  };
}
