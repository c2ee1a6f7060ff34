import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import { folderNames } from "../../lib/adapters/git/folder-names.ts";
import { UnknownBranchError } from "../../lib/adapters/git/unknown-branch-error.ts";
import { type FoundEnd, findEnd } from "../../lib/check/find-end.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import type { GitContext } from "../git-context.ts";

export interface MissingDataset {
  name: string;
  /** Its folder, for messages. */
  shown: string;
  /** Branch and commit that contain it. */
  against: string;
  end: FoundEnd;
}

/** Datasets that the published branch contains and the working folder lacks. */
export async function missingDatasets(present: readonly DatasetFolder[], git: GitContext): Promise<MissingDataset[]> {
  const [first] = present;
  const found = first && (await git.repositoryOf(first.folder));
  if (!found?.path.includes("/")) return [];
  const data = found.path.slice(0, found.path.lastIndexOf("/"));
  try {
    const compared = await git.comparedCommit(found.repository);
    if ("unknown" in compared) return [];
    const names = await folderNames(found.repository, compared.commit, data);
    const sources = new Map(present.map(({ name, folder }) => [name, folderSource(folder)]));
    const missing: MissingDataset[] = [];
    for (const name of names.filter((name) => !sources.has(name))) {
      const end = await findEnd(name, commitSource(found.repository, compared.commit, `${data}/${name}`), sources);
      missing.push({ name, shown: escapeControlChars(`${data}/${name}`), against: compared.name, end });
    }
    return missing;
  } catch (error) {
    // Each dataset reports that it was not compared.
    if (error instanceof UnknownBranchError && git.wanted === undefined) return [];
    throw error;
  }
}
