import type { FetchLimits } from "../../ports/forge.ts";
import { MissingCommitError } from "../../ports/missing-commit-error.ts";
import type { Source } from "../../ports/ports.ts";
import { lazySource } from "../lazy-source.ts";
import { folderIdSource } from "./folder-id-source.ts";
import type { GitHubObjects } from "./github-objects.ts";

/** The files of a folder in a commit, looked up when they are read. Reading throws `MissingCommitError`. */
export function commitFolderSource(objects: GitHubObjects, sha: string, folder: string, limits: FetchLimits): Source {
  return lazySource(async () => {
    const commit = await objects.findCommit(sha);
    if (!commit) throw new MissingCommitError(`Commit ${sha} is not in the repository`);
    const id = await objects.folderId(commit.tree, folder);
    if (id === null) throw new MissingCommitError(`${folder} is not in commit ${sha}`);
    return folderIdSource(objects, id, limits, { commit: sha, path: folder });
  });
}
