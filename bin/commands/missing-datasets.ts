import { comparedCommit } from "../../lib/adapters/git/compared-commit.ts";
import { folderNames } from "../../lib/adapters/git/folder-names.ts";
import { publishedBranch, UnknownBranchError } from "../../lib/adapters/git/published-branch.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { findDatasetRepository } from "../dataset-repository.ts";
import type { DatasetFolder } from "../find-datasets.ts";

/** Datasets that the published branch holds and the working folder does not, as people see their folders. */
export async function missingDatasets(
  present: readonly DatasetFolder[],
  branch: string | undefined,
): Promise<{ name: string; shown: string; against: string }[]> {
  const [first] = present;
  const found = first && (await findDatasetRepository(first.folder));
  if (!found?.path.includes("/")) return [];
  const data = found.path.slice(0, found.path.lastIndexOf("/"));
  try {
    const compared = await comparedCommit(found.repository, await publishedBranch(found.repository, branch));
    if ("unknown" in compared) return [];
    const names = await folderNames(found.repository, compared.commit, data);
    return names
      .filter((name) => !present.some((dataset) => dataset.name === name))
      .map((name) => ({ name, shown: escapeControlChars(`${data}/${name}`), against: compared.name }));
  } catch (error) {
    // Each dataset says that it was compared with nothing.
    if (error instanceof UnknownBranchError && branch === undefined) return [];
    throw error;
  }
}
