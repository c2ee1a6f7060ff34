import type { CommitFolder, FetchLimits } from "../../ports/forge.ts";
import { MissingCommitError } from "../../ports/missing-commit-error.ts";
import type { Source } from "../../ports/ports.ts";
import { lazySource } from "../lazy-source.ts";
import { folderIdSource } from "./folder-id-source.ts";
import type { GitHubObjects } from "./github-objects.ts";

/** The files of a folder in a commit, looked up when they are read. Reading throws `MissingCommitError`. */
export function commitFolderSource(objects: GitHubObjects, place: CommitFolder, limits: FetchLimits): Source {
  return lazySource(async () => {
    const commit = await objects.findCommit(place.commit);
    if (!commit) throw new MissingCommitError(`Commit ${place.commit} is not in the repository`);
    const id = await objects.folderId(commit.tree, place.path);
    if (id === null) throw new MissingCommitError(`${place.path} is not in commit ${place.commit}`);
    return folderIdSource(objects, id, limits, place);
  });
}
