import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { commitFolders } from "../../lib/adapters/git/commit-source.ts";
import { presentCommit } from "../../lib/adapters/git/find-commit.ts";
import { firstFileNotSame } from "../../lib/adapters/git/has-same-files.ts";
import { isCheckedOut } from "../../lib/adapters/git/is-checked-out.ts";
import { type WorkingFiles, workingFiles } from "../../lib/adapters/git/working-files.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { UnreadableSourceError } from "../../lib/ports/unreadable-source-error.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import type { GitContext, PublishedRepository } from "../git-context.ts";
import { out } from "../out.ts";
import { shellWord } from "../shell-word.ts";

type Located = DatasetFolder & { path: string };

/**
 * Prints a note for each dataset with changes that are not committed, since only commits are published, if the published branch is checked
 * out. `git status` would run the filters that the repository configures.
 */
export async function printUncommitted(datasets: readonly DatasetFolder[], git: GitContext): Promise<void> {
  const repositories = new Map<string, PublishedRepository & { located: Located[] }>();
  for (const dataset of datasets) {
    const found = await git.publishedRepositoryOf(dataset.folder);
    if (!found) continue;
    const { root } = found.repository;
    const known = repositories.get(root) ?? { ...found, located: [] };
    known.located.push({ ...dataset, path: found.path });
    repositories.set(root, known);
  }
  for (const { repository, branch, located } of repositories.values()) {
    if (!(await isCheckedOut(repository, branch.ref))) continue;
    const folders = located.map(({ path }) => path);
    const entriesOf = await commitFolders(repository, await presentCommit(repository, branch.ref), folders);
    let working: Promise<WorkingFiles> | undefined;
    const files = (): Promise<WorkingFiles> => {
      working ??= workingFiles(repository, folders);
      return working;
    };
    for (const dataset of located) await printChange(dataset, entriesOf, files);
  }
}

async function printChange(
  { name, folder, shown, path }: Located,
  entriesOf: Awaited<ReturnType<typeof commitFolders>>,
  working: () => Promise<WorkingFiles>,
): Promise<void> {
  const inRepository = (file: string): string => (path === "" ? file : `${path}/${file}`);
  try {
    const changed = await firstFileNotSame(folderSource(folder), entriesOf(path), {
      lineBreaks: "any",
      isExpected: async (file, kind) => {
        const files = await working();
        return kind === "added" ? files.isIgnored(inRepository(file)) : files.isLeftOut(inRepository(file));
      },
    });
    if (changed !== undefined)
      out(
        `${name}  changes that are not committed, such as in ${escapeControlChars(changed)}, are not published. To include them: git add ${shellWord(shown)}, then git commit`,
      );
  } catch (error) {
    // A link, or too many files.
    if (!(error instanceof UnreadableSourceError)) throw error;
    out(`${name}  cannot tell whether there are changes that are not committed, which are not published: ${error.message}`);
  }
}
