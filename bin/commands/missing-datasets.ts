import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import { folderNames } from "../../lib/adapters/git/folder-names.ts";
import { UnknownBranchError } from "../../lib/adapters/git/unknown-branch-error.ts";
import { type FoundEnd, findEnd } from "../../lib/check/find-end.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import type { DatasetRepository } from "../dataset-repository.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { datasetsFolderIn } from "../find-present-datasets.ts";
import type { GitContext } from "../git-context.ts";

export interface MissingDataset {
  name: string;
  /** Its folder, for messages. */
  shown: string;
  /** Branch and commit that contain it. */
  against: string;
  end: FoundEnd;
  /** The dataset is in the checked-out commit, but a sparse checkout omits it. */
  isLeftOut: boolean;
}

/** Whether all files of a folder have the skip-worktree bit, which a sparse checkout sets. */
async function isLeftOut(repository: DatasetRepository["repository"], path: string): Promise<boolean> {
  const entries = (await repository.git("ls-files", "-t", "-z", "--", path)).split("\0").filter(Boolean);
  return entries.length > 0 && entries.every((entry) => entry.startsWith("S "));
}

/** The repository of the datasets and the path of the folder that contains them. Without datasets, of the current folder. */
async function dataFolder(
  [first]: readonly DatasetFolder[],
  git: GitContext,
): Promise<{ repository: DatasetRepository["repository"]; data: string } | undefined> {
  const found = await git.repositoryOf(first?.folder ?? process.cwd());
  if (!found) return undefined;
  const { repository, path } = found;
  if (!first) return { repository, data: datasetsFolderIn(path) };
  return path.includes("/") ? { repository, data: path.slice(0, path.lastIndexOf("/")) } : undefined;
}

/** Datasets of the published branch that are missing in the working folder. */
export async function missingDatasets(present: readonly DatasetFolder[], git: GitContext): Promise<MissingDataset[]> {
  const found = await dataFolder(present, git);
  if (!found) return [];
  const { data } = found;
  try {
    const compared = await git.comparedCommit(found.repository);
    if ("unknown" in compared) return [];
    const names = await folderNames(found.repository, compared.commit, data);
    const sources = new Map(present.map(({ name, folder }) => [name, folderSource(folder)]));
    const missing: MissingDataset[] = [];
    for (const name of names.filter((name) => !sources.has(name))) {
      const end = await findEnd(name, commitSource(found.repository, compared.commit, `${data}/${name}`), sources);
      missing.push({
        name,
        shown: escapeControlChars(`${data}/${name}`),
        against: compared.name,
        end,
        isLeftOut: await isLeftOut(found.repository, `${data}/${name}`),
      });
    }
    return missing;
  } catch (error) {
    // Each dataset reports this itself, as not compared.
    if (error instanceof UnknownBranchError && git.wanted === undefined) return [];
    throw error;
  }
}
