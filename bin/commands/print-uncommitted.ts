import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { commitTreeSource } from "../../lib/adapters/git/commit-source.ts";
import { findCommit } from "../../lib/adapters/git/find-commit.ts";
import { hasSameFiles } from "../../lib/adapters/git/has-same-files.ts";
import { readFolderId } from "../../lib/adapters/git/read-folder-id.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import type { GitContext } from "../git-context.ts";
import { out } from "../out.ts";
import { shellWord } from "../shell-word.ts";

/**
 * Prints a note if the published branch is checked out and a dataset has changes that are not committed, since only commits are published.
 * `git status` would run the filters that the repository configures.
 */
export async function printUncommitted({ name, folder, shown }: DatasetFolder, git: GitContext): Promise<void> {
  const found = await git.publishedRepositoryOf(folder);
  if (!found) return;
  const { repository, path, branch } = found;
  const [head, tip] = [await findCommit(repository, "HEAD"), await findCommit(repository, branch.ref)];
  if (head === undefined || head !== tip) return;
  const tree = await readFolderId(repository, head, path);
  const committed =
    tree === undefined ? undefined : commitTreeSource(repository, async () => tree, { folder: path, name: `commit ${head}` });
  if (committed && (await hasSameFiles(folderSource(folder), committed, { lineBreaks: "any" }))) return;
  out(`${name}  changes that are not committed are not published. To include them: git add ${shellWord(shown)}, then git commit`);
}
